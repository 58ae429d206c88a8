package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;
import org.jspecify.annotations.Nullable;

/** A place where a column's bytes are read, whatever the page at hand encodes them in; keeps readers for use again. */
public final class ContentSlot {
    /** Text is pieces of pieces, and shapes have leaves: nothing that is written nests deeper. */
    private static final int DEPTH_MAX = 8;

    /** About what a reader takes besides what it says. */
    private static final int READER_BYTES = 256;

    private final @Nullable ContentReader[] known = new @Nullable ContentReader[Encoding.BLOCKS + 1];
    private final int depth;
    private @Nullable ContentReader reader;
    private int end;

    public ContentSlot(int depth) {
        this.depth = depth;
    }

    /** Opens the encoding that begins at an index of the buffer; {@link #end} is the index after it. */
    public ContentReader open(PageBytes page, int at) throws CorruptSectionException {
        page.checkHead(at, 1);
        int encoding = page.u8(at);
        if (encoding == Encoding.REFERENCE) {
            return openReferred(page, at);
        }
        if (encoding < Encoding.CONSTANT || encoding > Encoding.BLOCKS || depth > DEPTH_MAX) {
            throw PageBytes.corrupt("encoding " + encoding + " at depth " + depth);
        }
        ContentReader opened = known[encoding];
        if (opened == null) {
            opened = make(encoding);
            known[encoding] = opened;
            page.holds(READER_BYTES);
        }
        end = opened.open(page, at + 1);
        reader = opened;
        return opened;
    }

    private ContentReader openReferred(PageBytes page, int at) throws CorruptSectionException {
        int target = page.columns() + page.i32(at + 1);
        page.checkHead(target, 1);
        int encoding = page.u8(target);
        // What consists of other columns is never referred to, so that no page is longer to read than to write.
        if (encoding == Encoding.REFERENCE || encoding == Encoding.CONCAT || encoding == Encoding.SHAPES) {
            throw PageBytes.corrupt("reference to encoding " + encoding);
        }
        ContentReader referred = open(page, target);
        end = at + 1 + Integer.BYTES;
        return referred;
    }

    public int end() {
        return end;
    }

    /** Returns the reader that was opened last. */
    public ContentReader reader() {
        if (reader == null) {
            throw new IllegalStateException("page: column not open");
        }
        return reader;
    }

    private ContentReader make(int encoding) {
        return switch (encoding) {
            case Encoding.CONSTANT -> new ConstantContent();
            case Encoding.DICTIONARY -> new DictionaryContent();
            case Encoding.PLAIN -> new PlainContent();
            case Encoding.CONCAT -> new ConcatContent(depth + 1);
            case Encoding.DIGITS -> new DigitsContent();
            case Encoding.HEX -> new HexContent();
            case Encoding.DECIMAL -> new DecimalContent();
            case Encoding.SHAPES -> new ShapesContent(depth + 1);
            default -> new BlocksContent();
        };
    }
}
