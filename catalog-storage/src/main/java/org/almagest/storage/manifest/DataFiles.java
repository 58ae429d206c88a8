package org.almagest.storage.manifest;

import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * The names of data files: {@code data/<xx>/<number>.seg} for segments and {@code .del} for tombstones, the number in
 * hexadecimal with at least six digits, in the folder of its third- and fourth-last digit. Both kinds share the numbers.
 */
public final class DataFiles {
    /** The folder of all folders of data files. */
    public static final String FOLDER = "data";

    /** How many folders there are below it; made when the store is created. */
    public static final int FOLDER_COUNT = 256;

    /** How many numbers in a row share a folder. */
    public static final int NUMBERS_PER_FOLDER = 1 << Byte.SIZE;

    private static final int HEXADECIMAL = 16;
    private static final int BITS_PER_DIGIT = 4;
    private static final int DIGITS_MIN = 6;
    private static final int DIGITS_MAX = 16;
    private static final String SEGMENTS = ".seg";
    private static final String TOMBSTONES = ".del";

    private DataFiles() {}

    /** Returns the folder with this index, 0 to 255, from the root of the store. */
    public static String folder(int index) {
        return FOLDER + '/' + HexFormat.of().toHexDigits((byte) index);
    }

    /** Returns the folder of a data file from the root of the store. */
    public static String folderOf(long fileNumber) {
        return folder((int) (fileNumber >> Byte.SIZE) & (FOLDER_COUNT - 1));
    }

    /** Returns the name of a data file of segments from the root of the store. */
    public static String segment(long fileNumber) {
        return folderOf(fileNumber) + "/" + fileName(fileNumber, SEGMENTS);
    }

    /** Returns the name of a data file of tombstones from the root of the store. */
    public static String tombstones(long fileNumber) {
        return folderOf(fileNumber) + "/" + fileName(fileNumber, TOMBSTONES);
    }

    private static String fileName(long fileNumber, String ending) {
        int digits = (Long.SIZE - Long.numberOfLeadingZeros(fileNumber) + BITS_PER_DIGIT - 1) / BITS_PER_DIGIT;
        return HexFormat.of().toHexDigits(fileNumber, Math.max(DIGITS_MIN, digits)) + ending;
    }

    /** Returns the number of an entry of a data folder; empty when it is not the name of a data file of that folder. */
    public static OptionalLong numberOf(String folder, String fileName) {
        int digits = fileName.length() - SEGMENTS.length();
        boolean named = digits >= DIGITS_MIN
                && digits <= DIGITS_MAX
                && (fileName.endsWith(SEGMENTS) || fileName.endsWith(TOMBSTONES))
                && isHexadecimal(fileName, digits);
        if (!named) {
            return OptionalLong.empty();
        }
        long number = Long.parseUnsignedLong(fileName, 0, digits, HEXADECIMAL);
        boolean ours = number >= 1
                && fileName.equals(fileName(number, fileName.substring(digits)))
                && folder.equals(folderOf(number));
        return ours ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private static boolean isHexadecimal(String text, int count) {
        for (int i = 0; i < count; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
