import { declareOutput, scalarType, Type } from 'ts-cmdlet';

// What the cmdlets write, by the names of OUTPUTS.

export const Connection = declareOutput('Shelf.Connection', { Uri: scalarType('System.Uri'), Items: Type.Integer() });

export const Item = declareOutput('Shelf.Item', {
  Name: Type.String(),
  /** In bytes. */
  Size: Type.Integer(),
  Labels: Type.Array(Type.String()),
  Modified: scalarType('System.DateTimeOffset'),
});

export const Change = declareOutput('Shelf.Change', {
  /** Created, Changed or Removed. */
  Kind: Type.String(),
  Name: Type.String(),
  Time: scalarType('System.DateTimeOffset'),
});

export const Download = declareOutput('Shelf.Download', {
  Name: Type.String(),
  Path: Type.String(),
  Size: Type.Integer(),
});

export const Measure = declareOutput('Shelf.Measure', {
  Label: Type.String(),
  Items: Type.Integer(),
  Size: Type.Integer(),
});

/** All of them, by which the parameters that take such objects are typed (module.json). */
export const outputs = [Change, Connection, Download, Item, Measure] as const;
