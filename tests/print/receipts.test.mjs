// Twenty receipts on paper, read back from the bytes that reached the printer:
// their dots are those of the preview, and programs of others read them.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { fill } from '../scenario/api/goods.mjs';
import { Shop } from '../scenario/api/shop.mjs';
import { differ, ofPbm, ofPng, printer } from './fake.mjs';
import { qr, rows, save, unread } from './read.mjs';

const long = [
  'Bánh tráng nướng mắm ruốc Phan Rang – Tháp Chàm gói hai mươi chiếc, ' +
    'phơi sương ba đêm, dùng kèm tương ớt xí muội của Hợp tác xã Nắng Gió',
  'Yến sào Khánh Hòa chưng đường phèn hạt chia kỷ tử lọ bảy mươi mi-li-lít',
  'Gốm Bát Tràng: bộ ấm chén men rạn cổ vẽ tay bảy món kèm khay gỗ hương',
];

// Sold and given back as people do; each gives what its slip must show.
async function visit(shop, goods) {
  const [cashier, manager] = ['cashier', 'manager'].map((r) => shop.as(r));
  const made = async (name, price) => ({ qty: 1, product: (await manager.ok(201,
    manager.post('/api/v1/products', { sku: `IN-${name.length}-${price}`, name,
      unit: 'gói', price, vat_class: '8', kind: 'service' }))).id });
  const line = (sku, qty) => ({ product: goods.id[sku], qty });
  const sold = async (lines, more) => cashier.ok(201, cashier.sell(lines, more));
  const back = async (of, body) => cashier.ok(201,
    cashier.refund(of.receipt_no, body));
  const again = async (of) => ({ ...of, ...await cashier.ok(201,
    cashier.call('POST', `/api/v1/sales/${of.receipt_no}/reprint`)) });
  const names = [];
  for (const [i, name] of long.entries()) names.push(await made(name, 90000 + i));
  const many = [...Array(40).keys()].map((i) =>
    line(['MIEN', 'MAT', 'BUOI', 'VE', 'THIT'][i % 5], i % 5 === 2 ? 0.125 : i % 5 === 4 ? 0.025 : 1));

  const one = await sold([line('MAT', 1)]);
  const mixed = await sold([line('MIEN', 2), line('BUOI', 1.5),
    line('THIT', 0.375), line('VE', 3)]);
  const wordy = await sold(names);
  const odd = await sold([await made('Mật ong 🍯 "Rừng & Núi" <mới> 100 %', 1000)]);
  const large = await sold(many);
  const part = await back(mixed, { lines: [{ line: 1, qty: 1 }] });
  const whole = await back(wordy, {});
  return [one, mixed, wordy, odd, large, part, whole, await again(large),
    await again(part), await again(part)];
}

// What a copy has that its original has not: the rows of its heading.
function heading(copy, original) {
  const { width } = original;
  const more = copy.height - original.height;
  let same = 0;
  while (same < original.height && copy.dots.compare(original.dots,
    same * width, (same + 1) * width, same * width, (same + 1) * width) === 0)
    same++;
  assert.ok(more > 0, 'a copy has a heading of its own');
  assert.equal(differ(rows(copy, same + more, copy.height),
    rows(original, same, original.height)), null);
  return rows(copy, Math.max(0, same - 8), same + more + 8);
}

for (const [mm, width] of [[80, 576], [58, 384]])
  describe(`ten receipts of ${mm} mm`, () => {
    let shop, paper, receipts, slips, count;
    before(async () => {
      paper = await printer({ width });
      shop = await Shop.open({ printer: paper.at, paper_mm: mm });
      receipts = await visit(shop, await fill(shop));
      const cuts = (log) => log.count.cuts >= receipts.length && log.idle;
      ({ slips, count } = await paper.until(cuts, 'ten slips are cut'));
      slips = slips.map(({ file }) => ({ file, ...ofPbm(file) }));
    });
    after(async () => {
      await shop?.close();
      await paper?.stop();
    });
    const preview = async ({ receipt_no: no }) => ofPng((await shop.as('viewer')
      .get(`/api/v1/sales/${no}/receipt.png`)).bytes);

    test('the paper holds the dots of the preview', async () => {
      assert.equal(slips.length, receipts.length);
      for (const [i, receipt] of receipts.entries()) {
        const shown = await preview(receipt);
        assert.equal(shown.width, width);
        if (!receipt.copy)
          assert.equal(differ(slips[i], shown), null, `slip ${i + 1}`);
        else
          heading(slips[i], shown);
      }
    });

    test('nothing on the way was misunderstood', () => {
      const { letters, unknown, refused, clipped, undrawn } = count;
      assert.deepEqual({ letters, unknown, refused, clipped, undrawn },
        { letters: 0, unknown: 0, refused: 0, clipped: 0, undrawn: 0 });
      assert.equal(count.real_time_inside, 0);
    });

    test('the drawer opens once for money, never for a copy', () => {
      assert.equal(count.pulses, receipts.filter((r) => !r.copy).length);
    });

    test('a copy says that it is one, and which', () => {
      const copies = receipts.map((r, i) => [r, slips[i]]).filter(([r]) => r.copy);
      assert.equal(copies.length, 3);
      for (const [receipt, slip] of copies) {
        const original = slips[receipts.findIndex((r) =>
          r.receipt_no === receipt.receipt_no)];
        const picture = save(heading(slip, original),
          join(paper.dir, `copy-${receipt.receipt_no}.pbm`));
        assert.deepEqual(unread(picture, [`BẢN SAO (lần ${receipt.copy})`]), []);
      }
    });

    test('zbarimg and jsqr read every QR code', () => {
      for (const [i, { verify_url }] of receipts.entries())
        assert.deepEqual(qr(slips[i], slips[i].file),
          { zbarimg: verify_url, jsqr: verify_url }, `slip ${i + 1}`);
    });

    test('tesseract reads the titles and every word of the names', () => {
      for (const [i, title] of [[1, 'HÓA ĐƠN BÁN HÀNG'], [6, 'PHIẾU TRẢ HÀNG']]) {
        const names = receipts[i].lines.flatMap(({ name }) =>
          name.match(/[\p{L}\p{N}]+/gu));
        // Without the QR code, which tesseract would ponder on for long.
        const above = save(rows(slips[i], 0, slips[i].height - 400),
          join(paper.dir, `above-${i}.pbm`));
        assert.deepEqual(unread(above, [title, ...names]), []);
      }
    });
  });

test('a dot more on the paper is seen', () => {
  const a = { width: 8, height: 2, dots: Buffer.alloc(16) };
  const b = { ...a, dots: Buffer.from(a.dots) };
  assert.equal(differ(a, b), null);
  b.dots[11] = 1;
  assert.equal(differ(a, b), 'dot 3, 1');
  assert.throws(() => heading(b, a));
});
