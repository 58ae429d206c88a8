package org.almagest.io.synthetic;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Spells names and checksums; one thread. */
final class GranuleText {
    private static final String HEX = "0123456789abcdef";
    private static final int ORBIT_DIGITS = 6;
    private static final int INDEX_DIGITS = 9;

    private final StringBuilder out = new StringBuilder(64);

    /** Returns a name such as {@code S2A_MSIL2A_20250401T101559_238417_000000912}. */
    String granuleName(String prefix, long timeMillis, long orbit, long index) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(timeMillis, 1_000L), 0, ZoneOffset.UTC);
        out.setLength(0);
        out.append(prefix).append('_');
        digits(time.getYear(), 4);
        digits(time.getMonthValue(), 2);
        digits(time.getDayOfMonth(), 2);
        out.append('T');
        digits(time.getHour(), 2);
        digits(time.getMinute(), 2);
        digits(time.getSecond(), 2);
        out.append('_');
        digits(orbit, ORBIT_DIGITS);
        out.append('_');
        digits(index, INDEX_DIGITS);
        return out.toString();
    }

    /** Returns 32 digits. */
    String hex(long high, long low) {
        out.setLength(0);
        hex(high);
        hex(low);
        return out.toString();
    }

    private void hex(long value) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((int) (value >>> shift) & 15));
        }
    }

    private void digits(long value, int count) {
        String text = Long.toString(value);
        for (int i = text.length(); i < count; i++) {
            out.append('0');
        }
        out.append(text);
    }
}
