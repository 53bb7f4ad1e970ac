/** Writes a small vector tile by hand, so that tests need no server. */
import Pbf from "pbf";

export interface TestPoint {
  x: number;
  y: number;
  id?: number;
  properties: Record<string, string | number>;
}

const zigzag = (n: number) => (n << 1) ^ (n >> 31);

export function makeTile(
  name: string,
  points: TestPoint[],
  extent = 4096,
): ArrayBuffer {
  const keys = [...new Set(points.flatMap((point) => Object.keys(point.properties)))];
  const values = points.flatMap((point) => Object.values(point.properties));
  const pbf = new Pbf();
  pbf.writeMessage(
    3,
    (_: unknown, layer: Pbf) => {
      layer.writeVarintField(15, 2);
      layer.writeStringField(1, name);
      for (const point of points)
        layer.writeMessage(2, writePoint(keys, values), point);
      for (const key of keys) layer.writeStringField(3, key);
      for (const value of values) layer.writeMessage(4, writeValue, value);
      layer.writeVarintField(5, extent);
    },
    null,
  );
  const bytes = pbf.finish();
  return bytes.slice().buffer;
}

function writePoint(keys: string[], values: (string | number)[]) {
  return (point: TestPoint, feature: Pbf) => {
    const tags = Object.entries(point.properties).flatMap(([key, value]) => [
      keys.indexOf(key),
      values.indexOf(value),
    ]);
    feature.writePackedVarint(2, tags);
    feature.writeVarintField(3, 1);
    feature.writePackedVarint(4, [9, zigzag(point.x), zigzag(point.y)]);
  };
}

function writeValue(value: string | number, pbf: Pbf) {
  if (typeof value === "string") pbf.writeStringField(1, value);
  else pbf.writeVarintField(4, value);
}
