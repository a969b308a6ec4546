/// The script of a report: draws the task stream and the memory curve, and lets people move in time.
enum ReportScript {
  static let text = "(() => {\n\(drawing)\n\(moving)\n})();"

  static let drawing = #"""
    "use strict";
    const data = JSON.parse(document.getElementById("data").textContent);
    const stream = document.getElementById("stream"), memory = document.getElementById("memory");
    const tip = document.getElementById("tip");
    if (!stream) return;
    const gutter = 84, axis = 22, gap = 6;
    const laneHeight = data.threads > 24 ? 16 : data.threads > 10 ? 22 : 30;
    const whole = Math.max(data.duration, 1);
    let from = 0, to = whole, chosen = -1, hovered = null, pointer = null, colors;

    // Lists are unpacked once. `reach` is the latest end so far: ends do not ascend where tasks are inside others.
    const sum = list => { let total = 0; return Float64Array.from(list, step => total += step); };
    const lanes = data.lanes.map(lane => {
      const start = sum(lane.start), count = start.length, reach = new Float64Array(count);
      let latest = 0;
      for (let i = 0; i < count; i++) reach[i] = latest = Math.max(latest, start[i] + lane.length[i]);
      const part = Uint32Array.from(lane.layer, (layer, i) => data.runs[lane.run ? lane.run[i] : 0].layers[layer]);
      const color = Uint8Array.from(part, layer => data.layers[layer].color);
      const failed = new Uint8Array(count);
      for (const i of lane.failed || []) failed[i] = 1;
      return {...lane, start, reach, part, color, failed, length: Float64Array.from(lane.length)};
    });
    const curve = {time: sum(data.memory.time), bytes: data.memory.bytes};
    const peak = Math.max(1, curve.bytes.reduce((most, bytes) => Math.max(most, bytes), 0));

    const digits = value => value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    const scaled = (value, units, short) => {
      let unit = units[0];
      for (const next of units) if (value >= next[1] * 0.9995) unit = next;
      const number = value / unit[1];
      const text = unit[1] === 1 ? Math.round(number) : number.toFixed(digits(number));
      return (short ? +number.toFixed(6) : text) + " " + unit[0];
    };
    const time = (value, short) => scaled(value, [["ns", 1], ["µs", 1e3], ["ms", 1e6], ["s", 1e9]], short);
    const size = value => scaled(value, [["B", 1], ["kB", 1e3], ["MB", 1e6], ["GB", 1e9], ["TB", 1e12]]);
    const number = value => value.toLocaleString("en-US");

    function readColors() {
      const style = getComputedStyle(document.documentElement);
      const get = name => style.getPropertyValue(name).trim();
      colors = {
        text: get("--text"), faint: get("--faint"), line: get("--line"), track: get("--track"), panel: get("--panel"),
        memory: get("--memory"), failed: get("--failed"), layers: [], labels: []
      };
      for (let i = 0; get("--layer-" + i); i++) {
        const color = get("--layer-" + i);
        const parts = [1, 3, 5].map(at => parseInt(color.substr(at, 2), 16) / 255)
          .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        colors.layers.push(color);
        colors.labels.push(
          0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] > 0.18 ? "#000000" : "#ffffff");
      }
    }

    function prepare(canvas, height) {
      const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth;
      canvas.style.height = height + "px";
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
      }
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      context.font = "12px system-ui, sans-serif";
      context.textBaseline = "middle";
      return [context, width];
    }

    // Steps of 1, 2 or 5 times a power of ten, about every hundred pixels.
    function ticks(width) {
      const rough = (to - from) / Math.max(1, (width - gutter) / 100), power = 10 ** Math.floor(Math.log10(rough));
      const step = [1, 2, 5, 10].map(factor => factor * power).find(value => value >= rough);
      const list = [];
      for (let i = Math.ceil(from / step); i * step <= to; i++) list.push(i * step);
      return list;
    }

    const position = (at, width) => gutter + (at - from) / (to - from) * (width - gutter);
    const firstIn = lane => {
      let low = 0, high = lane.reach.length;
      while (low < high) { const middle = (low + high) >> 1; if (lane.reach[middle] > from) high = middle; else low = middle + 1; }
      return low;
    };
    const place = (thread, depth) => {
      const inset = Math.min(depth * 6, laneHeight - 8);
      return [axis + thread * (laneHeight + gap) + inset, laneHeight - inset];
    };

    function drawStream() {
      const [context, width] = prepare(stream, axis + lanes.length * (laneHeight + gap));
      const scale = (width - gutter) / (to - from);
      context.fillStyle = colors.faint;
      context.strokeStyle = colors.line;
      context.textAlign = "center";
      for (const at of ticks(width)) {
        const x = Math.round(position(at, width)) + 0.5;
        context.beginPath();
        context.moveTo(x, axis - 5);
        context.lineTo(x, stream.clientHeight);
        context.stroke();
        if (x > gutter + 12 && x < width - 24) context.fillText(time(at, true), x, 8);
      }
      context.textAlign = "left";
      lanes.forEach((lane, thread) => {
        const [top, height] = place(thread, 0);
        context.globalAlpha = 1;
        context.fillStyle = colors.faint;
        context.fillText("thread " + (thread + 1), 0, top + height / 2);
        context.fillStyle = colors.track;
        context.fillRect(gutter, top, width - gutter, height);
        drawLane(context, lane, thread, width, scale);
      });
      context.globalAlpha = 1;
      stream.dataset.blocks = lanes.reduce((total, lane) => total + lane.start.length, 0);
    }

    function drawLane(context, lane, thread, width, scale) {
      // What is narrower than a pixel is added up by columns: the layer with most of the time gives the colour, and the
      // share of the column that was busy its strength.
      const sums = new Float64Array(colors.layers.length * 2);
      let column = -1, busy = 0;
      const alpha = (color, layer) => chosen < 0 || chosen === layer ? 1 : 0.15;
      const flush = () => {
        if (busy === 0) return;
        let best = 0;
        for (let i = 1; i < sums.length; i++) if (sums[i] > sums[best]) best = i;
        const [top, height] = place(thread, 0), color = best >> 1;
        context.globalAlpha = Math.min(1, 0.3 + 0.7 * busy * scale) * (best & 1 ? 0.15 : 1);
        context.fillStyle = colors.layers[color];
        context.fillRect(column, top, 1, height);
        sums.fill(0);
        busy = 0;
      };
      for (let i = firstIn(lane); i < lane.start.length && lane.start[i] < to; i++) {
        const x = gutter + (lane.start[i] - from) * scale, long = lane.length[i] * scale;
        if (x + long < gutter) continue;
        const layer = lane.part[i], color = lane.color[i], failed = lane.failed[i];
        if (long < 1.5 && !failed) {
          const at = Math.floor(Math.max(x, gutter));
          if (at !== column) { flush(); column = at; }
          const weight = lane.time ? lane.time[i] : lane.length[i];
          sums[color * 2 + (alpha(color, layer) < 1 ? 1 : 0)] += weight;
          busy += weight;
          continue;
        }
        flush();
        const left = Math.max(x, gutter), right = Math.min(x + Math.max(long, failed ? 3 : 0), width);
        const [top, height] = place(thread, lane.depth ? lane.depth[i] : 0);
        context.globalAlpha = alpha(color, layer) * (lane.count && lane.count[i] > 1
          ? Math.min(1, 0.3 + 0.7 * lane.time[i] / Math.max(lane.length[i], 1)) : 1);
        context.fillStyle = colors.layers[color];
        context.fillRect(left, top, right - left - (right - left > 4 ? 1 : 0), height);
        if (lane.depth && lane.depth[i] > 0) {
          context.strokeStyle = colors.panel;
          context.strokeRect(left - 0.5, top - 0.5, right - left, height + 1);
        }
        if (failed) {
          context.fillStyle = colors.failed;
          context.fillRect(left, top, Math.max(2, right - left), 4);
        }
        // A name that does not fit is shown in part where there is room for much of it, and else not at all.
        data.layers[layer].width ??= context.measureText(data.layers[layer].name).width;
        if (right - left > Math.min(data.layers[layer].width + 10, 90) && height > 13) {
          context.fillStyle = colors.labels[color];
          context.save();
          context.beginPath();
          context.rect(left, top, right - left - 5, height);
          context.clip();
          const inside = lane.depth && i + 1 < lane.start.length && lane.depth[i + 1] > lane.depth[i];
          if (!inside) context.fillText(data.layers[layer].name, left + 5, top + height / 2 + 0.5);
          context.restore();
        }
        if (hovered && hovered.lane === lane && hovered.index === i) {
          context.globalAlpha = 1;
          context.strokeStyle = colors.text;
          context.lineWidth = 2;
          context.strokeRect(left + 1, top + 1, Math.max(1, right - left - 3), height - 2);
          context.lineWidth = 1;
        }
      }
      flush();
    }

    function drawMemory() {
      const height = 110, [context, width] = prepare(memory, height), base = height - 6, top = 14;
      const level = bytes => base - bytes / peak * (base - top);
      context.fillStyle = colors.faint;
      context.fillText(size(curve.bytes.length ? peak : 0), 0, top);
      context.fillText("memory", 0, (top + base) / 2);
      context.fillText("0", 0, base - 5);
      context.strokeStyle = colors.line;
      for (const y of [top, base]) {
        context.beginPath();
        context.moveTo(gutter, y + 0.5);
        context.lineTo(width, y + 0.5);
        context.stroke();
      }
      context.save();
      context.beginPath();
      context.rect(gutter, 0, width - gutter, height);
      context.clip();
      context.beginPath();
      context.moveTo(gutter, base);
      let first = 0;
      for (let start = 0, end = curve.time.length; start < end;) {
        const middle = (start + end) >> 1;
        if (curve.time[middle] <= from) first = start = middle + 1; else end = middle;
      }
      // In each column of pixels, the line goes from the first value by the lowest and the highest to the last.
      let bytes = first > 0 ? curve.bytes[first - 1] : 0, x = gutter;
      let low = bytes, high = bytes;
      context.lineTo(x, level(bytes));
      const leave = () => {
        if (low === high) return;
        context.lineTo(x, level(low));
        context.lineTo(x, level(high));
        context.lineTo(x, level(bytes));
      };
      for (let i = first; i < curve.time.length && curve.time[i] <= to; i++) {
        const next = Math.round(position(curve.time[i], width) * 2) / 2;
        if (next > x) {
          leave();
          context.lineTo(x = next, level(low = high = bytes));
        }
        bytes = curve.bytes[i];
        low = Math.min(low, bytes);
        high = Math.max(high, bytes);
      }
      leave();
      context.lineTo(width + 1, level(bytes));
      context.strokeStyle = colors.memory;
      // Lines side by side would become one surface.
      context.lineWidth = curve.time.length - first > width ? 0.5 : 1.5;
      context.stroke();
      context.lineTo(width + 1, base);
      context.lineTo(gutter, base);
      context.globalAlpha = 0.18;
      context.fillStyle = colors.memory;
      context.fill();
      context.globalAlpha = 1;
      if (pointer) {
        context.strokeStyle = colors.faint;
        context.beginPath();
        context.moveTo(pointer.x, 0);
        context.lineTo(pointer.x, height);
        context.lineWidth = 1;
        context.stroke();
      }
      context.restore();
    }
    """#
}
