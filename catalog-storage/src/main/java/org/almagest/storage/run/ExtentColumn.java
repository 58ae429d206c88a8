package org.almagest.storage.run;

/** How far the time extents of neighbouring rows of a run reach, zone by zone. */
public interface ExtentColumn {
    /** Returns how many rows every zone has but the last, which may have fewer. */
    int zoneRows();

    /** Returns the lowest start of the rows of a zone, in Unix milliseconds, rounded down. */
    long minStart(int zone);

    /** Returns the highest end of the rows of a zone, in Unix milliseconds, rounded up. */
    long maxEnd(int zone);
}
