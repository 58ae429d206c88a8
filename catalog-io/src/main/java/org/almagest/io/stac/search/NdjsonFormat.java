package org.almagest.io.stac.search;

import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.item.ItemText;
import org.almagest.io.stac.names.Place;
import org.almagest.model.Datapoint;

/** A page as one item per line, without counts and links. */
final class NdjsonFormat implements ItemFormat {
    @Override
    public String mediaType() {
        return MediaType.NDJSON;
    }

    @Override
    public boolean saysHowManyMatch() {
        return false;
    }

    @Override
    public ItemPageWriter open(PageHead head, ByteSink sink) {
        return new Writer(head.text(), sink);
    }

    private record Writer(ItemText text, ByteSink out) implements ItemPageWriter {
        @Override
        public void item(Datapoint row, Place where) {
            text.append(row, where, out);
            out.put('\n');
        }

        @Override
        public void end(PageEnd end) {
            // A line is an item, nothing else.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
