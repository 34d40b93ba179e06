import { compileValidator } from 'ts-cmdlet';
import { ServiceChange, ServiceItem, ServiceLabels, ServicePage } from './service-messages.ts';

// A module of validators and nothing else: the build replaces it by one with the schemas compiled ahead.

export const serviceItem = compileValidator(ServiceItem);
export const servicePage = compileValidator(ServicePage);
export const serviceChange = compileValidator(ServiceChange);
export const serviceLabels = compileValidator(ServiceLabels);
