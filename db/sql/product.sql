-- name: product_get
SELECT id, seq, sku, name, unit, kind, vat_class, registry_id, retired
  FROM product WHERE id = :id;

-- name: product_by_sku
SELECT id, seq, sku, name, unit, kind, vat_class, registry_id, retired
  FROM product WHERE sku = :sku;

-- name: product_each
SELECT id, seq, sku, name, unit, kind, vat_class, registry_id, retired
  FROM product WHERE id > :after ORDER BY id LIMIT :limit;

-- name: product_last_id
SELECT coalesce(max(id), 0) FROM product;

-- name: product_put
INSERT INTO product (id, seq, sku, name, unit, kind, vat_class, registry_id,
                     retired)
VALUES (:id, :seq, :sku, :name, :unit, :kind, :vat_class, :registry_id,
        :retired)
ON CONFLICT (id) DO UPDATE
   SET seq = excluded.seq, sku = excluded.sku, name = excluded.name,
       unit = excluded.unit, kind = excluded.kind,
       vat_class = excluded.vat_class, registry_id = excluded.registry_id,
       retired = excluded.retired;

-- name: price_get
SELECT price FROM product_price
 WHERE product_id = :product_id AND from_at <= :at
 ORDER BY from_at DESC LIMIT 1;

-- name: price_put
INSERT INTO product_price (product_id, from_at, seq, price)
VALUES (:product_id, :from_at, :seq, :price)
ON CONFLICT DO UPDATE SET seq = excluded.seq, price = excluded.price;

-- name: barcode_find
SELECT b.product_id, b.qty_milli
  FROM barcode b JOIN product p ON p.id = b.product_id
 WHERE b.code = :code AND p.retired = 0
 ORDER BY b.product_id LIMIT :limit;

-- name: barcode_list
SELECT code, qty_milli FROM barcode
 WHERE product_id = :product_id ORDER BY code LIMIT :limit;

-- name: barcode_clear
DELETE FROM barcode WHERE product_id = :product_id;

-- name: barcode_add
INSERT INTO barcode (code, product_id, seq, qty_milli)
VALUES (:code, :product_id, :seq, :qty_milli);

-- name: vat_rate
SELECT rate_bp FROM vat_rate
 WHERE class = :class AND from_day <= :day
 ORDER BY from_day DESC LIMIT 1;
