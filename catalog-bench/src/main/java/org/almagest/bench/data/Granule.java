package org.almagest.bench.data;

import java.util.List;
import org.almagest.model.Datapoint;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * One row, in the parts that the peers store.
 *
 * @param index where in the order of arrival it comes, from 0
 * @param idHigh first half of a time-ordered UUID, for the peers; the engine makes its own
 * @param idLow second half
 * @param timeMillis Unix milliseconds
 * @param geometry the footprint, cut at the antimeridian and closed at the poles, so that it means the same to all
 * @param name unique
 * @param platform the satellite
 * @param productType what it delivers
 * @param baseline version of the processing
 * @param orbit revolutions since 1970
 * @param cloudCover percent; null for radars
 * @param fileSize bytes
 * @param checksum 32 hexadecimal digits
 * @param publishedMillis Unix milliseconds
 * @param polarization radars only; else empty
 * @param assets nested JSON of wide rows; else null
 * @param datapoint the same row for the engine
 */
public record Granule(
        long index,
        long idHigh,
        long idLow,
        long timeMillis,
        Geometry geometry,
        String name,
        String platform,
        String productType,
        String baseline,
        long orbit,
        @Nullable Double cloudCover,
        long fileSize,
        String checksum,
        long publishedMillis,
        List<String> polarization,
        @Nullable String assets,
        Datapoint datapoint) {

    /** Adds this row to a digest, as every engine adds the rows it returns. */
    public void addTo(RowDigest digest) {
        digest.begin();
        digest.number(timeMillis);
        digest.geometry(geometry);
        digest.text(name);
        digest.text(platform);
        digest.text(productType);
        digest.text(baseline);
        digest.number(orbit);
        digest.real(cloudCover == null ? Double.NaN : cloudCover);
        digest.number(fileSize);
        digest.text(checksum);
        digest.number(publishedMillis);
        digest.number(polarization.size());
        for (String value : polarization) {
            digest.text(value);
        }
        if (assets != null) {
            digest.json(assets);
        }
        digest.end();
    }
}
