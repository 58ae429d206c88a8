package org.almagest.batch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.DatapointId;
import org.locationtech.jts.geom.Geometry;

/**
 * Some rows of an answer, one after the other, as arrays. For use by one thread.
 *
 * <p>Row {@code i} is element {@code i} of every array, from 0 to {@link #rowCount} exclusive; arrays may be longer. The
 * batch and its arrays are used again for the rows that follow: read what is needed before the next batch is asked for,
 * keep no array, write to none, and ask for the arrays again with each batch, as longer ones may have taken their place.
 */
public interface RowBatch {
    /** Returns how many rows there are, at least 1. */
    int rowCount();

    /** Returns the first eight bytes of each row's id, as {@link DatapointId#high} has them. */
    long[] idHighs();

    /** Returns the last eight bytes of each row's id, as {@link DatapointId#low} has them. */
    long[] idLows();

    /**
     * Returns the id of a row as an object.
     *
     * @throws IndexOutOfBoundsException if the batch has no such row
     */
    default DatapointId id(int row) {
        Objects.checkIndex(row, rowCount());
        return new DatapointId(idHighs()[row], idLows()[row]);
    }

    /**
     * Returns the id of the collection that a row is of.
     *
     * @throws IndexOutOfBoundsException if the batch has no such row
     */
    UUID collectionId(int row);

    /** Returns the time of each row, in Unix milliseconds. */
    long[] timeMillis();

    /** Returns the ingestion time of each row, in microseconds since the Unix epoch. */
    long[] ingestionMicros();

    /**
     * Returns a column for each selected custom field, the same ones in every batch of an answer.
     *
     * <p>In the order of the schema; where several datasets are asked, those of the first one come first.
     */
    List<BatchColumn> columns();

    /**
     * Returns the column of a field.
     *
     * @throws InvalidRequestException if the query does not select it, or no dataset has it
     */
    BatchColumn column(String field);

    /** Tells whether the query selects {@code geometry} and a dataset has it; else there are no places. */
    boolean hasPlaces();

    /**
     * Returns the west bound of each row's box in degrees; NaN where the row has no geometry.
     *
     * <p>The four bounds are those of the index box: float32 rounded outwards, so the geometry lies inside. West is
     * above east where the box crosses the antimeridian.
     *
     * @throws IllegalStateException if there are no places
     */
    float[] wests();

    /** Returns the south bound of each row's box; see {@link #wests}. */
    float[] souths();

    /** Returns the east bound of each row's box; see {@link #wests}. */
    float[] easts();

    /** Returns the north bound of each row's box; see {@link #wests}. */
    float[] norths();

    /**
     * Returns the geometry of a row as it was given, read and made when it is asked for.
     *
     * @throws IllegalStateException if there are no places, or the result was closed
     * @throws IndexOutOfBoundsException if the batch has no such row
     */
    Optional<Geometry> geometry(int row);
}
