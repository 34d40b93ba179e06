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

/** What the cmdlets read of an item that comes back through the pipeline, where scripts may have changed it. */
export const PipedItem = Type.Object({
  Name: Item.properties.Name,
  Size: Item.properties.Size,
  Labels: Item.properties.Labels,
});
