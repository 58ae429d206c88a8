package org.almagest.storage.plan;

/** What an aggregation is answered from, in one run; from the least to look at to the most. */
public enum AnsweredBy {
    /** The column of ids, which is sorted by time: ends of ranges are searched, and rows between them counted. */
    IDS,
    /** The lowest and highest code of a column in each block of rows. */
    ZONE_MAPS,
    /** The lists of rows of each code of a column. */
    POSTINGS,
    /** The codes of a column, of every row in time. */
    CODES,
    /** The rows that match, one after the other. */
    ROWS
}
