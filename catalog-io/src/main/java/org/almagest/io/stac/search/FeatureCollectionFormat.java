package org.almagest.io.stac.search;

import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.item.ItemText;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.route.Link;
import org.almagest.model.Datapoint;

/** A page as a GeoJSON FeatureCollection; counts and links come last, since they are known last. */
final class FeatureCollectionFormat implements ItemFormat {
    private final String mediaType;

    /** @param mediaType GeoJSON, or JSON for clients that ask for it; the bytes are the same */
    FeatureCollectionFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    @Override
    public ItemPageWriter open(PageHead head, ByteSink sink) {
        return new Writer(head.text(), sink);
    }

    private static final class Writer implements ItemPageWriter {
        private final ItemText text;
        private final ByteSink out;
        private boolean first = true;

        Writer(ItemText text, ByteSink out) {
            this.text = text;
            this.out = out.ascii("{\"type\":\"FeatureCollection\",\"features\":[");
        }

        @Override
        public void item(Datapoint row, Place where) {
            text.append(row, where, first ? out : out.put(','));
            first = false;
        }

        @Override
        public void end(PageEnd end) {
            out.ascii("],\"numberReturned\":").number(end.returned());
            end.matched().ifPresent(matched -> out.ascii(",\"numberMatched\":").number(matched));
            Link.append(end.links(), out.ascii(",\"links\":"));
            out.put('}');
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
