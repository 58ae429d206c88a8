package org.almagest.storage.page;

import org.almagest.error.CorruptSectionException;
import org.almagest.schema.TypeKind;
import org.almagest.storage.encoding.Encoding;
import org.almagest.storage.encoding.PageBytes;
import org.jspecify.annotations.Nullable;

/** A place where the values of one field are read, whatever the page at hand stores them as. One thread. */
final class FieldSlot {
    private static final int DEPTH_MAX = 1;

    private final FieldType type;
    private final int depth;
    private final @Nullable FieldReader[] known = new @Nullable FieldReader[Encoding.GEOMETRY + 1];
    private int end;

    FieldSlot(FieldType type, int depth) {
        this.type = type;
        this.depth = depth;
    }

    FieldType type() {
        return type;
    }

    /** Opens the encoding that begins at an index of the buffer; {@link #end} is the index after it. */
    FieldReader open(PageBytes page, int at) throws CorruptSectionException {
        page.checkHead(at, 1);
        int encoding = page.u8(at);
        boolean content = encoding >= Encoding.CONSTANT && encoding <= Encoding.REFERENCE;
        if (!content && !fits(encoding)) {
            throw PageBytes.corrupt(
                    "encoding " + encoding + " of " + type.kind().text());
        }
        int key = content ? 0 : encoding;
        FieldReader reader = known[key];
        if (reader == null) {
            reader = make(key);
            known[key] = reader;
        }
        end = reader.open(page, content ? at : at + 1);
        return reader;
    }

    int end() {
        return end;
    }

    private boolean fits(int encoding) {
        return switch (encoding) {
            case Encoding.INTEGER -> IntegerField.fits(type);
            case Encoding.PAIR -> !type.array() && type.kind() == TypeKind.UUID;
            case Encoding.GEOMETRY -> !type.array() && type.kind() == TypeKind.GEOMETRY;
            case Encoding.LIST -> type.array() && depth < DEPTH_MAX;
            default -> false;
        };
    }

    private FieldReader make(int encoding) {
        return switch (encoding) {
            case Encoding.INTEGER -> new IntegerField(type);
            case Encoding.PAIR -> new PairField();
            case Encoding.GEOMETRY -> new GeometryField(type);
            case Encoding.LIST -> new ListField(type, depth + 1);
            default -> new ContentField(type);
        };
    }
}
