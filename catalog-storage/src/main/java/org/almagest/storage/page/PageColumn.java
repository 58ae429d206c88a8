package org.almagest.storage.page;

import org.almagest.error.CorruptSectionException;
import org.almagest.internal.batch.ColumnArrays;
import org.almagest.internal.batch.RowPlaces;
import org.almagest.storage.encoding.PageBytes;
import org.jspecify.annotations.Nullable;

/** One field of a page at hand; opened when it is first read there. One thread. */
final class PageColumn {
    private static final int ALL = -1;
    private static final int ABSENT = -1;

    private final FieldSlot slot;
    private PageBytes page = new PageBytes();
    private int start = ABSENT;
    private int presenceBit = ALL;
    private @Nullable FieldReader reader;
    private final RowPlaces setRows = new RowPlaces();

    PageColumn(FieldType type) {
        this.slot = new FieldSlot(type, 0);
    }

    /** Moves to a page that has the column. */
    void place(PageBytes opened, int at) {
        page = opened;
        start = at;
        reader = null;
    }

    /** Moves to a page in which the field is never set. */
    void leave() {
        start = ABSENT;
        reader = null;
    }

    /** Opens the column where the page has it, unless that was done; {@code row} is going to be read. */
    void prepare(int row) throws CorruptSectionException {
        if (start != ABSENT && reader == null) {
            open(row);
        }
    }

    /**
     * Returns what {@link #at} does, after {@link #prepare}.
     *
     * <p>Opens nothing, so that compilers put it into every loop over values: what opens a column where pages change with
     * each row becomes too large for that, and whether it had been compiled before decided about other loops.
     */
    @Nullable
    FieldReader prepared(int row) {
        FieldReader opened = reader;
        return opened == null || presenceBit == ALL || page.bit(row, presenceBit) ? opened : null;
    }

    /** Returns what reads the value of a row; null where it is unset. */
    @Nullable
    FieldReader at(int row) throws CorruptSectionException {
        if (start == ABSENT) {
            return null;
        }
        FieldReader opened = reader;
        if (opened == null) {
            opened = open(row);
        }
        return presenceBit == ALL || page.bit(row, presenceBit) ? opened : null;
    }

    /** Puts the values of rows in which the field is set into a column of a batch. */
    void fill(RowPlaces rows, ColumnArrays into) throws CorruptSectionException {
        if (start == ABSENT) {
            return;
        }
        FieldReader opened = reader == null ? open(rows.row(0)) : reader;
        if (presenceBit == ALL) {
            opened.fill(rows, into);
            return;
        }
        setRows.clear();
        for (int i = 0; i < rows.count(); i++) {
            if (page.bit(rows.row(i), presenceBit)) {
                setRows.add(rows.row(i), rows.place(i));
            }
        }
        opened.fill(setRows, into);
    }

    private FieldReader open(int row) throws CorruptSectionException {
        page.load(row);
        boolean all = page.u8(start) == 0;
        presenceBit = all ? ALL : page.i32(start + 1);
        if (!all && (presenceBit < 0 || presenceBit >= page.recordBits)) {
            throw PageBytes.corrupt("presence at bit " + presenceBit);
        }
        FieldReader opened = slot.open(page, all ? start + 1 : start + 1 + Integer.BYTES);
        reader = opened;
        return opened;
    }
}
