package org.almagest.storage.run;

import java.util.List;
import org.almagest.error.CorruptStoreException;
import org.almagest.index.posting.ValuePostings;
import org.almagest.index.spatial.PackedTree;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.FieldNames.Origin;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.column.ColumnReader;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of datapoints of one collection, by ascending id.
 *
 * <p>An id may occur several times, then by ascending commit sequence: those before the last one were deleted, or the id
 * became live again.
 *
 * <p>A row is known by its ordinal, from 0. Safe to share between threads; a cursor is not.
 */
public interface Run {
    /** Returns what it is called in an explanation: the file and offset of a segment. */
    default String name() {
        return "memory";
    }

    /**
     * Returns the failure that stands for what the JVM throws when mapped bytes of this run cannot be read.
     *
     * @throws InternalError if it has no such bytes
     */
    default CorruptStoreException unreadable(InternalError fault) {
        throw fault;
    }

    /** Returns how many rows there are, at least 1. */
    int rowCount();

    /** Returns the first eight bytes of a row's id. */
    long idHigh(int ordinal);

    /** Returns the last eight bytes of a row's id. */
    long idLow(int ordinal);

    /** Returns the first ordinal whose id is at or above this one, or {@link #rowCount}; costs a search. */
    int lowerBound(long idHigh, long idLow);

    /** Returns the sequence number of the commit that stored a row; no page is read for it. */
    long sequence(int ordinal);

    /** Returns the time of that commit, in microseconds since the Unix epoch; no page is read for it. */
    long ingestionMicros(int ordinal);

    /** Returns the lowest commit sequence of a row. */
    long sequenceMin();

    /** Returns the highest commit sequence of a row. */
    long sequenceMax();

    /** Returns the highest sequence of a row that was stored before a time in Unix microseconds; 0 where none was. */
    long lastSequenceBefore(long ingestionMicros);

    /** Returns the boxes of the rows. */
    BoxColumn boxes();

    /**
     * Returns the ordinals of the rows whose key has this hash; the keys must still be compared.
     *
     * <p>A run that was written before the key was declared is read once, and what was found is kept.
     *
     * @param schema the schema of the rows, which declares the key
     */
    int[] keyCandidates(long keyHash, DatasetSchema schema);

    /** Tells whether every row has a key; false where the rows are older than the declaration of the key. */
    boolean isKeyed();

    /** Returns the hash of every row's key, by ordinal, for a keyed run; must not be modified. */
    long[] keyHashes();

    /**
     * Tells whether the time extent of a row may reach into some milliseconds, both inclusive; true where that is not
     * known. Costs nothing, while {@link #extents} may open a file.
     */
    default boolean mayReach(long firstMillis, long lastMillis) {
        return true;
    }

    /**
     * Tells whether the time extents of all rows surely lie in some milliseconds, both inclusive; false where that is not
     * known. Costs nothing.
     */
    default boolean reachesNoFurther(long firstMillis, long lastMillis) {
        return false;
    }

    /** Returns how far the time extents of neighbouring rows reach; null where that is not kept. */
    default @Nullable ExtentColumn extents() {
        return null;
    }

    /**
     * Returns the values of a custom field as ordered codes; null where they are only in the rows. The field may have had
     * another type when they were written: compare {@link ColumnReader#kind}.
     */
    default @Nullable ColumnReader column(int fieldNumber) {
        return null;
    }

    /**
     * Returns the rows of each code of the {@link #column} of a field, for fields with few values; null where there are
     * none.
     */
    default @Nullable ValuePostings postings(int fieldNumber) {
        return null;
    }

    /** Returns which rows may meet a box; null where boxes are to be looked at one by one. */
    default @Nullable PackedTree tree() {
        return null;
    }

    /**
     * Tells whether a row may have a box that meets one of some boxes; true where that is not known. Costs nothing, while
     * everything that looks at rows may open a file.
     */
    default boolean mayMeet(List<BoundingBox> asked) {
        return true;
    }

    /** Returns a new cursor, which reads the rows as they are encoded; for one thread. */
    RowCursor cursor();

    /**
     * Returns a new cursor, which reads the fields of rows; for one thread.
     *
     * @param schema that of the rows, or one that they were written under an earlier version of
     */
    default FieldCursor fields(DatasetSchema schema) {
        return new BodyFields(cursor(), schema);
    }

    /** Returns a cursor as {@link #fields} does, perhaps one that was used before; to be given back where it can be. */
    default FieldCursor borrow(DatasetSchema schema) {
        return fields(schema);
    }

    /**
     * Returns a cursor as {@link #borrow} does, made from one that another run's rows of the same schema were read with
     * and that nobody uses any more.
     */
    default FieldCursor reuse(FieldCursor spent, DatasetSchema schema) {
        return borrow(schema);
    }

    /** Takes back a cursor that was borrowed for a schema, that did not fail, and that nobody uses any more. */
    default void giveBack(FieldCursor cursor, DatasetSchema schema) {
        // A cursor over rows on the heap costs nothing to make.
    }

    /** Returns one whole row, which is from an origin. */
    default Datapoint row(int ordinal, DatasetSchema schema, Origin origin) {
        FieldCursor cursor = fields(schema);
        cursor.seek(ordinal);
        DatapointId id = new DatapointId(idHigh(ordinal), idLow(ordinal));
        return cursor.datapoint(id, origin, RowSelection.of(schema, null));
    }
}
