package org.almagest.io.stac.search;

import java.io.IOException;
import org.almagest.io.stac.names.Place;
import org.almagest.model.Datapoint;

/** Writes one page of items. One thread. */
public interface ItemPageWriter extends AutoCloseable {
    /**
     * Writes an item; called for each, in order.
     *
     * @throws IOException if it cannot be written in this format
     */
    void item(Datapoint row, Place where) throws IOException;

    /**
     * Ends the page.
     *
     * @throws IOException if it cannot be written in this format
     */
    void end(ItemFormat.PageEnd end) throws IOException;

    /** Lets go of what writing needs; called also where the page was not ended. Closing again does nothing. */
    @Override
    void close();
}
