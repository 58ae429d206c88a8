package org.almagest.server.keys;

import java.time.LocalDate;

/**
 * How much of its quotas a key had used at some time.
 *
 * @param lastDay the day of UTC on which it was used last
 * @param owed after how long all that was taken will have come back
 */
public record KeyUsage(LocalDate lastDay, Owed owed) {
    /**
     * Seconds until a quota is whole again; 0 where nothing was taken.
     *
     * @param requests that of requests
     * @param bytesOut that of bytes of answers
     * @param bytesIn that of bytes of requests
     */
    public record Owed(long requests, long bytesOut, long bytesIn) {}
}
