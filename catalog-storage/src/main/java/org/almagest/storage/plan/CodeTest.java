package org.almagest.storage.plan;

import java.util.Optional;
import org.almagest.index.column.CodeColumn;
import org.almagest.index.stats.ZoneMap;
import org.almagest.query.Truth;
import org.almagest.query.bound.BoundTerm;
import org.almagest.query.bound.FieldValues;
import org.almagest.query.bound.ValueInterval;
import org.almagest.storage.column.ColumnReader;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one field of the rows of a segment, decided by the codes of its column; for one thread.
 *
 * <p>What the condition says of a value is asked of the condition itself, once for each code at most; so a column
 * cannot disagree with the rows. Where it is true for one stretch of values, that stretch is found by binary search.
 */
final class CodeTest implements BlockFilter {
    /** Up to so many values all are asked before the first row; beyond that each when it is first met. */
    private static final long TABLE_CODES_MAX = 2_048;

    private static final byte UNKNOWN = 0;
    private static final byte TRUE = 1;
    private static final byte FALSE = 2;

    private final BoundTerm term;
    private final int fieldNumber;
    private final ColumnReader column;
    private final CodeColumn codes;
    private final ZoneMap zones;

    /** The codes that can be true, both inclusive; none where {@code low} is above {@code high}. */
    private final long low;

    private final long high;

    /** Whether every code of the stretch is true. */
    private final boolean exact;

    private final boolean unsetIsTrue;

    /** By code, 1 where true, else 0; the element behind the last code stands for all beyond. Null for many codes. */
    private final byte @Nullable [] table;

    /** By code minus {@code low}, what was found out so far; null where there are too many codes to remember. */
    private final byte @Nullable [] remembered;

    private final long[] marks = new long[WORDS];
    private @Nullable Object asked;
    private final FieldValues row = field -> asked;

    /** Prepares a test; the term has one field, of that number. */
    CodeTest(BoundTerm term, ColumnReader column, int fieldNumber) {
        this.term = term;
        this.fieldNumber = fieldNumber;
        this.column = column;
        this.codes = column.codes();
        this.zones = column.zones();
        this.unsetIsTrue = ask(null);
        Optional<ValueInterval> stretch = term.interval();
        if (stretch.isPresent()) {
            ValueInterval values = stretch.get();
            this.low = column.firstCode(values::side);
            // The first code above; one less is the last within. NaN lies above all and is never within.
            this.high = column.firstCode(value -> values.side(value) > 0 ? 1 : -1) - 1;
            this.exact = values.exact();
        } else {
            this.low = 1;
            this.high = column.maxCode();
            this.exact = false;
        }
        boolean asks = !exact && column.isDictionary() && low <= high;
        this.table = asks && high < TABLE_CODES_MAX ? table() : null;
        this.remembered = asks && table == null ? new byte[(int) (high - low + 1)] : null;
    }

    private byte[] table() {
        byte[] truths = new byte[(int) high + 2];
        truths[0] = (byte) (unsetIsTrue ? 1 : 0);
        for (long code = low; code <= high; code++) {
            truths[(int) code] = (byte) (ask(column.value(code)) ? 1 : 0);
        }
        return truths;
    }

    private boolean ask(@Nullable Object value) {
        asked = value;
        return term.test(row) == Truth.TRUE;
    }

    int fieldNumber() {
        return fieldNumber;
    }

    /** Returns the name of the field. */
    String field() {
        return term.fields().iterator().next();
    }

    /** Tells whether the condition is true for the codes of one stretch and for no others. */
    boolean isStretch() {
        return exact && !unsetIsTrue;
    }

    /** Returns the lowest code that can be true. */
    long low() {
        return low;
    }

    /** Returns the highest code that can be true. */
    long high() {
        return high;
    }

    /** Tells whether no row of the run matches. */
    boolean isNeverTrue() {
        return low > high && !(unsetIsTrue && zones.unsetCount() > 0);
    }

    /** Returns about what part of the rows matches, from 0 to 1. */
    double selectivity() {
        double rows = Math.max(1, zones.rowCount());
        double unset = zones.unsetCount() / rows;
        double within = Math.max(0, high - low + 1) / (double) Math.max(1, column.maxCode());
        return Math.min(1, (unsetIsTrue ? unset : 0) + (1 - unset) * within);
    }

    /** Tells whether a row matches. */
    boolean test(int ordinal) {
        return isTrue(codes.code(ordinal));
    }

    private boolean isTrue(long code) {
        if (code == 0) {
            return unsetIsTrue;
        }
        return low <= code && code <= high && (exact || isTrueWithin(code));
    }

    private boolean isTrueWithin(long code) {
        if (table != null) {
            return table[(int) code] == 1;
        } else if (remembered == null) {
            return ask(column.value(code));
        }
        int at = (int) (code - low);
        if (remembered[at] == UNKNOWN) {
            remembered[at] = ask(column.value(code)) ? TRUE : FALSE;
        }
        return remembered[at] == TRUE;
    }

    @Override
    public boolean mayPass(int block) {
        return low <= high && zones.mayMeet(block, low, high) || unsetIsTrue && zones.unsetCount(block) > 0;
    }

    @Override
    public void keep(int block, int rows, long[] mask) {
        if (exact && !unsetIsTrue) {
            if (zones.isWithin(block, low, high)) {
                return;
            }
            codes.markRange(block, low, high, marks);
            and(mask);
        } else if (table != null) {
            codes.markTrue(block, table, marks);
            and(mask);
        } else {
            keepOneByOne(block, mask);
        }
    }

    private void and(long[] mask) {
        for (int i = 0; i < WORDS; i++) {
            mask[i] &= marks[i];
        }
    }

    /** Does what {@link #keep} does, and looks at every row. */
    void keepOneByOne(int block, long[] mask) {
        for (int i = 0; i < WORDS; i++) {
            for (long bits = mask[i]; bits != 0; bits &= bits - 1) {
                int bit = Long.numberOfTrailingZeros(bits);
                if (!test(block * ROWS + i * Long.SIZE + bit)) {
                    mask[i] &= ~(1L << bit);
                }
            }
        }
    }
}
