package org.almagest.storage.page;

import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.FieldDecoder;
import org.almagest.internal.row.ValueCodec;
import org.almagest.schema.TypeKind;
import org.almagest.storage.encoding.PageBytes;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column are.
 *
 * @param kind their kind, or that of their elements
 * @param array whether they are arrays
 * @param decoder makes objects of them; null where only bodies are asked for
 */
record FieldType(TypeKind kind, boolean array, @Nullable FieldDecoder decoder) {
    static FieldType of(int typeCode, @Nullable FieldDecoder decoder) throws CorruptSectionException {
        boolean array = typeCode > TypeKind.ARRAY_CODE;
        int code = array ? typeCode - TypeKind.ARRAY_CODE : typeCode;
        return new FieldType(
                TypeKind.ofCode(code).orElseThrow(() -> PageBytes.corrupt("type code " + typeCode)), array, decoder);
    }

    FieldType elements() {
        return new FieldType(kind, false, decoder == null ? null : decoder.elements());
    }

    /** Returns how many bytes each value has, or {@link ValueCodec#VARIABLE}. */
    int width() {
        return array ? ValueCodec.VARIABLE : ValueCodec.width(kind);
    }

    /** Tells whether a value stands in a body behind its length, which is no part of the content. */
    boolean hasLength() {
        return !array && width() == ValueCodec.VARIABLE;
    }

    FieldDecoder decoding() {
        if (decoder == null) {
            throw new IllegalStateException("page: opened for bodies, not for values");
        }
        return decoder;
    }
}
