import { Ajv } from 'ajv';
import { AboutTopic } from '../../src/help/about-topic-model.ts';
import { CommandHelp, TextBlock } from '../../src/help/model.ts';
import { ModuleFileInfo } from '../../src/help/module-file-info.ts';

// The reader trusts the types of what it makes; here each model is held against its schema.

/** Whether a value is the help of a command, and nothing else. */
export const isCommandHelp = new Ajv().compile({ ...CommandHelp, $defs: TextBlock.$defs });

/** Whether a value is what a module page says, and nothing else. */
export const isModuleFileInfo = new Ajv().compile({ ...ModuleFileInfo, $defs: TextBlock.$defs });

/** Whether a value is a conceptual topic, and nothing else. */
export const isAboutTopic = new Ajv().compile({ ...AboutTopic, $defs: TextBlock.$defs });
