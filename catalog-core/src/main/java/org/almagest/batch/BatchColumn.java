package org.almagest.batch;

import java.util.Optional;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * The values of a field in the rows of a {@link RowBatch}: an array, and bits where it is set.
 *
 * <p>Where the field is unset, the array holds 0, false or null.
 */
public interface BatchColumn {
    /** What array a column has. */
    enum Form {
        /**
         * {@link #longs}: int32 and int64; the 64 bits of uint64, to be read as unsigned; the number of an enum value.
         */
        LONGS,
        /** {@link #longs} and {@link #nanos}: whole seconds of timestamps since 1970 and of durations, and the rest. */
        SECONDS,
        /** {@link #doubles}: float32 and float64. */
        DOUBLES,
        /** {@link #booleans}: bool. */
        BOOLEANS,
        /**
         * {@link #objects}: everything else, arrays included, as {@link org.almagest.model.Datapoint} has it; also a field
         * that datasets in scope declare with different types.
         */
        OBJECTS
    }

    /** Returns the field; of several datasets that have it, as the first one declares it. */
    Field field();

    /** Returns what array the column has. */
    Form form();

    /** Tells whether the field is set in a row, 0 to {@link RowBatch#rowCount} exclusive; beyond it is not defined. */
    boolean isSet(int row);

    /** Returns in how many rows of the batch the field is set. */
    int setCount();

    /** Returns bits, 1 where the field is set: that of a row is bit {@code row % 64} of element {@code row / 64}. */
    long[] presence();

    /**
     * Returns integers; of {@link Form#SECONDS} the seconds, floored.
     *
     * @throws IllegalStateException if the form is another one
     */
    long[] longs();

    /**
     * Returns the nanoseconds within the seconds, 0 to 999,999,999.
     *
     * @throws IllegalStateException if the form is not {@link Form#SECONDS}
     */
    int[] nanos();

    /**
     * Returns floating point numbers.
     *
     * @throws IllegalStateException if the form is not {@link Form#DOUBLES}
     */
    double[] doubles();

    /**
     * Returns truth values.
     *
     * @throws IllegalStateException if the form is not {@link Form#BOOLEANS}
     */
    boolean[] booleans();

    /**
     * Returns objects; rows with equal values may share one.
     *
     * @throws IllegalStateException if the form is not {@link Form#OBJECTS}
     */
    @Nullable
    Object[] objects();

    /**
     * Returns the value of a row as a datapoint has it; empty where unset. Makes an object, unlike the arrays.
     *
     * @throws IndexOutOfBoundsException if the batch has no such row
     */
    Optional<Object> value(int row);
}
