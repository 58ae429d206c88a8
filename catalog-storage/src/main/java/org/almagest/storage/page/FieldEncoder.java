package org.almagest.storage.page;

import org.almagest.internal.row.ValueCodec;
import org.almagest.schema.TypeKind;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.ContentEncoder;
import org.almagest.storage.encoding.DistinctValues;
import org.almagest.storage.encoding.Encoding;
import org.almagest.storage.encoding.PageImage;
import org.almagest.storage.encoding.ShapeEncoder;
import org.almagest.storage.encoding.Slices;

/** Describes the values of one field, as its type suggests and in any case somehow. One thread. */
final class FieldEncoder {
    /** Arrays with more elements than this are stored as bytes. */
    private static final int LIST_COUNT_MAX = 64;

    private final ContentEncoder contents = new ContentEncoder();
    private final IntegerEncoder integers = new IntegerEncoder();
    private final GeometryEncoder geometries = new GeometryEncoder(contents);
    private final ShapeEncoder shapes = ShapeEncoder.ofJson(contents);
    private final DistinctValues distinct = new DistinctValues();

    /**
     * Describes values.
     *
     * @param values where they stand in row bodies, without the length of a scalar
     */
    void encode(FieldType type, Slices values, PageImage page) {
        if (type.array()) {
            array(type, values, page);
        } else if (type.kind() == TypeKind.JSON) {
            if (!shapes.encode(values, page, 1)) {
                contents.encode(values, page);
            }
        } else if (type.kind() == TypeKind.GEOMETRY) {
            if (!geometries.encode(values, page)) {
                contents.encode(values, page);
            }
        } else if (type.hasLength()) {
            contents.encode(values, page);
        } else if (!integers.encode(type.kind(), values, page)) {
            contents.plain(values, page);
        }
    }

    void encodeBytes(Slices values, PageImage page) {
        contents.encode(values, page);
    }

    void encodePlain(Slices values, PageImage page) {
        contents.plain(values, page);
    }

    private void array(FieldType type, Slices values, PageImage page) {
        int first = values.first();
        if (values.isConstant() || distinct.find(values) && distinct.pays()) {
            contents.encode(values, page);
            return;
        }
        int count = ByteSink.get32(values.bytes, values.starts[first]);
        boolean one = count > 0 && count <= LIST_COUNT_MAX;
        for (int row = first; row < values.rows && one; row++) {
            one = !values.isSet(row) || ByteSink.get32(values.bytes, values.starts[row]) == count;
        }
        if (!one) {
            contents.plain(values, page);
            return;
        }
        page.columns().put8(Encoding.LIST);
        page.columns().put16(count);
        FieldType elements = type.elements();
        Slices element = values.unset();
        for (int i = 0; i < count; i++) {
            cut(values, element, elements, i);
            encode(elements, element, page);
        }
    }

    /** Moves {@code element} on to the element at an index; lengths were checked when the body was taken apart. */
    private static void cut(Slices values, Slices element, FieldType type, int index) {
        int lengthBytes = type.hasLength() ? Integer.BYTES : 0;
        for (int row = 0; row < values.rows; row++) {
            if (values.isSet(row)) {
                int at = (index == 0 ? values.starts[row] + Integer.BYTES : element.ends[row]) + lengthBytes;
                int width = lengthBytes == 0
                        ? ValueCodec.width(type.kind())
                        : ByteSink.get32(values.bytes, at - lengthBytes);
                element.starts[row] = at;
                element.ends[row] = at + width;
            }
        }
    }
}
