package org.almagest.storage.column;

import java.nio.ByteBuffer;

/** A column that is ready to be written. One thread. */
public final class BuiltColumn {
    private final ColumnHead head;
    private final byte[] dictionary;
    private final CodeSink codes;

    BuiltColumn(ColumnHead head, byte[] dictionary, CodeSink codes) {
        this.head = head;
        this.dictionary = dictionary;
        this.codes = codes;
    }

    /** Returns about how many different values there are. */
    int distinctEstimate() {
        return codes.zones().distinctEstimate();
    }

    /** States how many different values there are. */
    void distinctCount(int exact) {
        codes.zones().distinctCount(exact);
    }

    /** Returns how many bytes {@link #write} needs. */
    public int bodyBytes() {
        return head.codesAt() + codes.codes().bodyBytes();
    }

    /** Writes the body at the position of a little-endian buffer. */
    public void write(ByteBuffer target) {
        head.write(target);
        target.put(dictionary);
        codes.zones().write(target);
        codes.codes().write(target);
    }
}
