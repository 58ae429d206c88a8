package org.almagest.storage.plan;

/** What makes queries fast and never changes an answer; each can be left out, to show just that. */
public enum Shortcut {
    /** Segments are passed over by what the manifest knows of them. */
    PRUNE,
    /** Conditions on time or id leave out rows by their ids, those on the collection whole collections. */
    IDS,
    /** Runs without time extents are asked by time, and columns tell where extents meet an interval. */
    EXTENTS,
    /** Rows are named by the index of keys, or by their ids. */
    KEYS,
    /** The packed tree names the rows near an area. */
    TREE,
    /** Boxes are scanned in blocks before anything else of a row is read. */
    BOXES,
    /** Conditions on queryable fields look at columns, not at rows. */
    COLUMNS,
    /** Blocks are passed over by the least and greatest values in them. */
    ZONES,
    /** Rows of a value are named by its postings. */
    POSTINGS,
    /** A box that decides spares the test of the geometry. */
    BOX_DECIDES,
    /** Counts and statistics come from indexes where these suffice. */
    STATISTICS
}
