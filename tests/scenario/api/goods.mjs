// What the showroom of these tests sells, and what the registry says of it.
// Dates are counted from today, so that the tests hold on any day.

/** Vietnam's day, `days` from now: "2026-11-22". */
export function day(days = 0) {
  return new Date(Date.now() + (7 * 3600 + days * 86400) * 1000).toISOString().slice(0, 10);
}

function record(id, cert, name, stars, until, more = {}) {
  return {
    schema: 'ocop-product/1', id, cert, rev: 1, name, stars,
    producer: { id: `${id}-SX`, name: 'Hợp tác xã Bãi Sông', form: 'cooperative' },
    place: { province_code: '01', commune_code: '09832' },
    group: { scheme: 'QD26-2026', code: '06' },
    decision: { date: day(-200), issuer: 'UBND thành phố Hà Nội', issuer_level: 'province' },
    valid_from: day(-200), valid_until: day(until), status: 'active', evidence: 'demo',
    ...more,
  };
}

const withdrawn = (recall) => ({ status: 'revoked',
  status_info: { at: day(-3), reason: 'Vi phạm an toàn thực phẩm', recall } });

/** In the order of their ids. */
export function certified() {
  return [
    record('VN01-000101', 17, 'Miến Minh Dương', 4, 400),
    record('VN01-000102', 18, 'Trà sen Tây Hồ', 4, -10),
    record('VN01-000103', 19, 'Bưởi Diễn Bãi Sông', 4, 90, { status: 'suspended',
      status_info: { at: day(-3), reason: 'Chờ kiểm tra' } }),
    record('VN01-000104', 20, 'Nem phùng Ô Diên', 4, 300, withdrawn('stop_sale')),
    record('VN01-000105', 21, 'Rượu nếp cái hoa vàng', 4, 300, withdrawn('none')),
  ];
}

const code = (c, qty = 1) => ({ code: c, qty });
const product = (sku, name, unit, price, vat_class, kind, barcodes = [], registry_id = null) =>
  ({ sku, name, unit, price, vat_class, kind, barcodes, registry_id });

export const catalogue = [
  product('MIEN', 'Miến Minh Dương', 'gói', 60000, '8', 'piece',
    [code('8934567890120'), code('8930000900036', 20)], 'VN01-000101'),
  product('TRA', 'Trà sen Tây Hồ', 'hộp', 650000, '8', 'piece', [code('8930000000071')], 'VN01-000102'),
  product('BUOI', 'Bưởi Diễn Bãi Sông', 'kg', 45000, 'KCT', 'weighed', [code('00101')], 'VN01-000103'),
  product('NEM', 'Nem phùng Ô Diên', 'hộp', 55000, '8', 'piece', [code('8930000000217')], 'VN01-000104'),
  product('RUOU', 'Rượu nếp cái hoa vàng', 'chai', 120000, '10', 'piece', [code('8930000000224')], 'VN01-000105'),
  product('TRUNG', 'Trứng gà đồi Nắng Sớm', 'vỉ', 42000, '5', 'piece', [code('8930000000149')]),
  product('VE', 'Vé tham quan làng nghề', 'vé', 50000, '10', 'service'),
  product('MAT', 'Mật ong rừng Tủa Chùa', 'chai', 100000, '10', 'piece', [code('8930000000996')]),
  product('MATNHO', 'Mật ong rừng Tủa Chùa chai nhỏ', 'chai', 55000, '5', 'piece', [code('8930000000996')]),
  product('THIT', 'Thịt trâu gác bếp', 'kg', 624000, '10', 'weighed', [code('20002')]),
  product('CU', 'Hàng ngừng bán', 'cái', 10000, '0', 'piece', [code('8930000000880')]),
];

/** Receipts of goods: [sku, qty, lot, days until expiry or null, cost]. */
export const received = [
  ['MIEN', 5, 'M-SOM', 10, 41000], ['MIEN', 40, 'M-MUON', 100, 41000],
  ['TRA', 12, 'T-1', 200, 435500],
  ['BUOI', 30.5, null, null, 30500],
  ['THIT', 20, 'TH-1', 60, 400000],
  ['NEM', 6, 'N-1', 50, 30000], ['RUOU', 6, 'R-1', null, 80000],
  ['TRUNG', 10, 'TR-CU', -1, 29000],
  ['MAT', 30, null, null, 70000], ['MATNHO', 30, null, null, 35000],
];

/** Fill the catalogue and the shelf through the API, open till 1's shift.
 * The ids by SKU, and of lots by their code. */
export async function fill(shop) {
  const manager = shop.as('manager');
  const id = {};
  for (const one of catalogue)
    id[one.sku] = (await manager.ok(201, manager.post('/api/v1/products', one))).id;
  const lines = received.map(([sku, qty, lot, days, cost]) => ({ product: id[sku], qty, lot, cost,
    expires: days === null ? null : day(days), agreement: null }));
  const done = await manager.ok(201, manager.post('/api/v1/receivings',
    { supplier: 'Hợp tác xã Bãi Sông', lines, note: '' }));
  const lot = {};
  done.lines.forEach((l, i) => { lot[received[i][2] ?? received[i][0]] = l.lot; });
  await manager.ok(200, manager.patch(`/api/v1/products/${id.CU}`, { retired: true }));
  const cashier = shop.as('cashier');
  const shift = await cashier.ok(201, cashier.post('/api/v1/shifts', { till: '1', float: 500000 }));
  return { id, lot, shift: shift.id };
}
