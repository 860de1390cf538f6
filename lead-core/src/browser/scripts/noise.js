// Changes the lowest bit of some of what scripts read back from drawings: the same seed and drawing give the same. This is the
// one script of ours that pages meet, and only where it is asked for. Workers are not reached.
(seed, canvas, webgl) => {
  const chance = (at, value) => {
    let mixed = Math.imul(seed ^ Math.imul(at + 1, 0x9e3779b1) ^ (value << 7), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const change = (data) => {
    for (let at = 0; at + 3 < data.length; at += 4) {
      const drawn = chance(at, data[at]);
      if (data[at + 3] && drawn % 32 === 0) data[at + ((drawn >>> 8) % 3)] ^= 1;
    }
  };
  const around = (prototype, name, apply) => {
    const own = prototype && Object.getOwnPropertyDescriptor(prototype, name);
    if (own) Object.defineProperty(prototype, name, { ...own, value: new Proxy(own.value, { apply }) });
  };
  const { getContext } = HTMLCanvasElement.prototype;
  const { putImageData } = CanvasRenderingContext2D.prototype;
  // What is to be encoded is changed in a copy: the drawing itself stays as it is.
  const copy = (original) => {
    try {
      const changed = new OffscreenCanvas(original.width, original.height).getContext("2d");
      changed.drawImage(original, 0, 0);
      const data = changed.getImageData(0, 0, original.width, original.height);
      change(data.data);
      const twin = original.ownerDocument.createElement("canvas");
      [twin.width, twin.height] = [original.width, original.height];
      const pen = getContext.call(twin, "2d");
      putImageData.call(pen, data, 0, 0);
      return twin;
    } catch {
      return original; // of another site, or empty: the browser itself says what is wrong
    }
  };
  if (canvas) {
    around(CanvasRenderingContext2D.prototype, "getImageData", (native, pen, given) => {
      const read = Reflect.apply(native, pen, given);
      change(read.data);
      return read;
    });
    for (const name of ["toDataURL", "toBlob"]) {
      around(HTMLCanvasElement.prototype, name, (native, original, given) => Reflect.apply(native, copy(original), given));
    }
  }
  if (webgl) {
    for (const kind of [globalThis.WebGLRenderingContext, globalThis.WebGL2RenderingContext]) {
      around(kind?.prototype, "readPixels", (native, pen, given) => {
        Reflect.apply(native, pen, given);
        if (given[6] instanceof Uint8Array) change(given[6]);
      });
    }
  }
}
