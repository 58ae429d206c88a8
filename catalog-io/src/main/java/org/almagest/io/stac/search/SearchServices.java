package org.almagest.io.stac.search;

import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.names.CollectionIndex;
import org.almagest.io.stac.page.TokenSeal;
import org.almagest.io.stac.page.VersionPins;
import org.almagest.model.Limits;

/**
 * What searches are answered with; one for all requests.
 *
 * @param catalog what is searched
 * @param index which STAC id means which collection
 * @param bounds the bounds of the API
 * @param limits the bounds of filters and geometries
 * @param seal seals page tokens
 * @param pins keeps versions for next pages
 * @param epoch tells tags of this object from those of others over the same catalog
 */
public record SearchServices(
        Catalog catalog,
        CollectionIndex index,
        StacLimits bounds,
        Limits limits,
        TokenSeal seal,
        VersionPins pins,
        long epoch) {
    /** Returns the formats that pages can be written in, the default first, with others after them. */
    static List<ItemFormat> formats(List<ItemFormat> others) {
        List<ItemFormat> all = new ArrayList<>();
        all.add(new FeatureCollectionFormat(MediaType.GEOJSON));
        all.add(new FeatureCollectionFormat(MediaType.JSON));
        all.add(new NdjsonFormat());
        all.addAll(others);
        return List.copyOf(all);
    }
}
