extension ReportScript {
  /// What follows people's hands: the part of the time that is shown, and what is under the pointer.
  static let moving = #"""
    let waiting = false;
    function draw() {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; drawNow(); });
    }
    function drawNow() {
      drawStream();
      drawMemory();
    }

    function show(start, end) {
      const length = Math.min(Math.max(end - start, Math.min(whole, 50)), whole);
      from = Math.min(Math.max(start, 0), whole - length);
      to = from + length;
      draw();
    }
    function zoom(factor, at) {
      show(at - (at - from) * factor, at + (to - at) * factor);
    }
    const timeAt = x => from + Math.max(0, x - gutter) / (stream.clientWidth - gutter) * (to - from);

    function blockAt(x, y) {
      const thread = Math.floor((y - axis) / (laneHeight + gap)), lane = lanes[thread];
      if (!lane || x < gutter) return null;
      // Half a pixel to either side, so that narrow ones can be met.
      const slack = (to - from) / (stream.clientWidth - gutter) / 2, at = timeAt(x);
      let found = null;
      for (let i = firstIn(lane); i < lane.start.length && lane.start[i] <= at + slack; i++) {
        const [top] = place(thread, lane.depth ? lane.depth[i] : 0);
        if (lane.start[i] + lane.length[i] >= at - slack && y >= top) found = {lane, index: i, thread};
      }
      return found;
    }

    function describe({lane, index, thread}) {
      const run = lane.run ? lane.run[index] : 0, count = lane.count ? lane.count[index] : 1;
      const layer = lane.part[index], lines = [];
      const title = count > 1 ? number(count) + " tasks, mostly " + data.layers[layer].name
        : data.runs[run].labels[lane.layer[index]] + "[" + lane.index[index] + "]";
      lines.push(time(lane.length[index]) + (count > 1 ? ", busy for " + time(lane.time[index]) : ""));
      lines.push("from " + time(lane.start[index]) + " on thread " + (thread + 1)
        + (data.runs.length > 1 ? ", run " + (run + 1) : ""));
      lines.push(lane.failed[index] ? "ended with an error"
        : (count > 1 ? "results of " : "a result of ") + size(lane.bytes[index]));
      return [title, lines];
    }

    function bytesAt(at) {
      let low = 0, high = curve.time.length;
      while (low < high) { const middle = (low + high) >> 1; if (curve.time[middle] <= at) low = middle + 1; else high = middle; }
      return low === 0 ? 0 : curve.bytes[low - 1];
    }

    function showTip(event, title, lines) {
      tip.textContent = "";
      const head = document.createElement("b");
      head.textContent = title;
      tip.append(head);
      for (const line of lines) {
        const row = document.createElement("div");
        row.textContent = line;
        tip.append(row);
      }
      const box = tip.getBoundingClientRect(), limit = document.documentElement.clientWidth;
      tip.style.left = Math.max(4, Math.min(event.clientX + 14, limit - box.width - 8)) + "px";
      const below = event.clientY + 18;
      tip.style.top = (below + box.height > window.innerHeight ? event.clientY - box.height - 12 : below) + "px";
      tip.style.visibility = "visible";
    }
    function hideTip() {
      tip.style.visibility = "hidden";
      hovered = pointer = null;
      draw();
    }

    // One pointer moves the picture, two stretch it.
    const held = new Map();
    stream.addEventListener("pointerdown", event => {
      held.set(event.pointerId, event.offsetX);
      stream.setPointerCapture(event.pointerId);
      stream.classList.add("held");
    });
    const release = event => {
      held.delete(event.pointerId);
      if (held.size === 0) stream.classList.remove("held");
    };
    stream.addEventListener("pointerup", release);
    stream.addEventListener("pointercancel", release);
    stream.addEventListener("pointermove", event => {
      const before = held.get(event.pointerId), x = event.offsetX;
      if (before === undefined) {
        pointer = {x};
        hovered = blockAt(x, event.offsetY);
        if (hovered) showTip(event, ...describe(hovered)); else tip.style.visibility = "hidden";
        draw();
        return;
      }
      tip.style.visibility = "hidden";
      if (held.size === 2) {
        const other = [...held].find(([id]) => id !== event.pointerId)[1];
        const spread = Math.abs(x - other);
        if (spread > 8) zoom(Math.abs(before - other) / spread, timeAt(other));
      } else {
        const shift = (before - x) / (stream.clientWidth - gutter) * (to - from);
        show(from + shift, to + shift);
      }
      held.set(event.pointerId, x);
    });
    stream.addEventListener("pointerleave", hideTip);
    stream.addEventListener("dblclick", event => zoom(0.4, timeAt(event.offsetX)));
    stream.addEventListener("wheel", event => {
      const wide = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!event.ctrlKey && !event.metaKey && !wide) return;
      event.preventDefault();
      if (wide) {
        const shift = event.deltaX / (stream.clientWidth - gutter) * (to - from);
        show(from + shift, to + shift);
      } else {
        zoom(Math.exp(event.deltaY * 0.004), timeAt(event.offsetX));
      }
    }, {passive: false});
    stream.addEventListener("keydown", event => {
      const part = (to - from) / 5, middle = (from + to) / 2;
      const act = {
        ArrowLeft: () => show(from - part, to - part), ArrowRight: () => show(from + part, to + part),
        "+": () => zoom(0.6, middle), "=": () => zoom(0.6, middle), "-": () => zoom(1 / 0.6, middle), "0": () => show(0, whole)
      }[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    });
    memory.addEventListener("pointermove", event => {
      pointer = {x: Math.max(gutter, event.offsetX)};
      const at = timeAt(pointer.x);
      showTip(event, size(bytesAt(at)), ["alive at " + time(at)]);
      draw();
    });
    memory.addEventListener("pointerleave", hideTip);
    const on = (id, act) => document.getElementById(id).addEventListener("click", act);
    on("zoom-in", () => zoom(0.5, (from + to) / 2));
    on("zoom-out", () => zoom(2, (from + to) / 2));
    on("zoom-all", () => show(0, whole));
    document.querySelectorAll(".legend button").forEach(button => button.addEventListener("click", () => {
      const layer = +button.dataset.layer;
      chosen = chosen === layer ? -1 : layer;
      document.querySelectorAll(".legend button").forEach(other =>
        other.setAttribute("aria-pressed", String(+other.dataset.layer === chosen)));
      draw();
    }));

    const restyle = () => { readColors(); drawNow(); };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
    // Paper is white: the picture is drawn once more for it.
    matchMedia("print").addEventListener("change", restyle);
    new ResizeObserver(draw).observe(stream);
    restyle();
    """#
}
