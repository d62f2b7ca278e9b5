// One listener of GET /api/v1/events, read as browsers read the stream.
import http from 'node:http';

export class Listener {
  /** `news`: also what is no fact: how the printers fare. */
  constructor(shop, headers, { news = false } = {}) {
    this.news = news;
    this.waiting = [];
    this.events = [];
    this.text = '';
    this.open = new Promise((done) => { this.opened = done; });
    this.ended = new Promise((done) => { this.over = done; });
    this.request = http.get(`${shop.url}/api/v1/events`, { headers, agent: false }, (r) => {
      r.setEncoding('utf8');
      r.on('data', (piece) => this.take(piece));
      r.on('close', this.over);
      r.on('error', this.over);
    });
    this.request.on('error', this.over);
  }

  take(piece) {
    this.text += piece;
    const blocks = this.text.split('\n\n');
    this.text = blocks.pop();
    for (const block of blocks) this.event(block);
    this.opened();
  }

  // An id without data is remembered, but is no event.
  event(block) {
    const fields = {};
    for (const l of block.split('\n')) {
      const m = /^(id|event|data|retry): ?(.*)$/.exec(l);
      if (m) fields[m[1]] = m[2];
    }
    if (fields.data === undefined || (fields.event === 'printer' && !this.news)) return;
    const one = { ...fields, data: JSON.parse(fields.data) };
    const next = this.waiting.shift();
    if (next) next(one);
    else this.events.push(one);
  }

  /** The stream has begun to speak. */
  begun() { return this.open; }

  /** The next event, or a failure after 10 seconds. */
  next() {
    if (this.events.length) return Promise.resolve(this.events.shift());
    return new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error('no event came')), 10000);
      this.waiting.push((one) => {
        clearTimeout(late);
        done(one);
      });
    });
  }

  end() { this.request.destroy(); }
}
