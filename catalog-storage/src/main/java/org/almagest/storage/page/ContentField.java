package org.almagest.storage.page;

import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.schema.TypeKind;
import org.almagest.storage.encoding.ByteSink;
import org.almagest.storage.encoding.ConstantContent;
import org.almagest.storage.encoding.ContentReader;
import org.almagest.storage.encoding.ContentSlot;
import org.almagest.storage.encoding.PageBytes;
import org.jspecify.annotations.Nullable;

/** Values that are stored as bytes; what several rows share becomes an object once, also from page to page. */
final class ContentField extends FieldReader {
    /** How many values are kept from page to page; half of what a page has of a field at most. */
    private static final int RECENT = 32;

    /** Longer ones are kept as long as their page is open. */
    private static final int RECENT_BYTES_MAX = 512;

    /** What a value takes besides its bytes, as text and as they are stored. */
    private static final int RECENT_BYTES = 56;

    private final FieldType type;
    // Geometries can be changed by whoever gets them: every row has its own.
    private final boolean shares;
    private final ContentSlot slot = new ContentSlot(0);
    private final ByteSink scratch = new ByteSink();
    private ContentReader contents = new ConstantContent();

    // The shared values of the page at hand by entry, and in which page each was seen last.
    private @Nullable Object[] shared = {};
    private int[] seenIn = {};
    // What was shared lately and its bytes, by hash: pages number the same few values each in its own way.
    private @Nullable Object[] recent = {};
    private byte[] @Nullable [] recentBytes = {};
    private boolean sharesLong;
    private PageBytes page = new PageBytes();
    private int scratchHeld;
    private int pageNumber;

    ContentField(FieldType type) {
        this.type = type;
        this.shares = type.kind() != TypeKind.GEOMETRY;
    }

    @Override
    int open(PageBytes opened, int at) throws CorruptSectionException {
        page = opened;
        contents = slot.open(opened, at);
        pageNumber++;
        if (scratch.bytes().length != scratchHeld) { // it grows with a value, and is counted with the next page
            opened.holds(scratch.bytes().length - scratchHeld);
            scratchHeld = scratch.bytes().length;
        }
        if (sharesLong) {
            Arrays.fill(shared, null);
            sharesLong = false;
        }
        int entries = contents.entries();
        if (shared.length < entries) {
            opened.holds(2 * Integer.BYTES * (entries - shared.length));
            shared = Arrays.copyOf(shared, entries);
            seenIn = Arrays.copyOf(seenIn, entries);
        }
        return slot.end();
    }

    @Override
    Object value(int row) throws CorruptSectionException {
        int entry = shares ? contents.entry(row) : ContentReader.OWN;
        if (entry != ContentReader.OWN && seenIn[entry] == pageNumber) {
            Object known = shared[entry];
            assert known != null : "seen";
            return known;
        }
        scratch.clear();
        contents.put(row, scratch);
        return entry == ContentReader.OWN ? decode() : share(entry);
    }

    private Object share(int entry) throws CorruptSectionException {
        if (recent.length == 0) {
            recent = new @Nullable Object[RECENT];
            recentBytes = new byte[RECENT][];
        }
        boolean isLong = scratch.length() > RECENT_BYTES_MAX;
        Object value = isLong ? decode() : recent();
        sharesLong |= isLong;
        shared[entry] = value;
        seenIn[entry] = pageNumber;
        return value;
    }

    private Object recent() throws CorruptSectionException {
        int slot = scratch.hash() & RECENT - 1;
        byte[] bytes = recentBytes[slot];
        Object value = recent[slot];
        int length = scratch.length();
        if (bytes == null || value == null || !Arrays.equals(bytes, 0, bytes.length, scratch.bytes(), 0, length)) {
            page.holds(bytes == null ? RECENT_BYTES + 2 * length : 2 * (length - bytes.length));
            value = decode();
            recent[slot] = value;
            recentBytes[slot] = Arrays.copyOf(scratch.bytes(), length);
        }
        return value;
    }

    private Object decode() throws CorruptSectionException {
        return type.decoding().content(scratch.bytes(), 0, scratch.length());
    }

    @Override
    void put(int row, ByteSink body) throws CorruptSectionException {
        int at = body.length();
        if (type.hasLength()) {
            body.put32(0);
            contents.put(row, body);
            body.set32(at, body.length() - at - Integer.BYTES);
        } else {
            contents.put(row, body);
        }
    }
}
