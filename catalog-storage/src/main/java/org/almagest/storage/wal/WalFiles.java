package org.almagest.storage.wal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.StorageNames;

/** The names of log files: {@code wal/<number>.wal}, the number in decimal with at least six digits. */
public final class WalFiles {
    private static final int DIGITS_MIN = 6;
    private static final String ENDING = ".wal";

    private WalFiles() {}

    /** Returns the name of a log from the root of the store. */
    public static String name(long number) {
        return WalFormat.FOLDER + "/" + fileName(number);
    }

    private static String fileName(long number) {
        return StorageNames.digits(number, DIGITS_MIN) + ENDING;
    }

    /** Returns the numbers of all logs, ascending; entries of the folder with other names are left out. */
    public static List<Long> numbers(Storage storage) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String name : storage.list(WalFormat.FOLDER)) {
            long number = StorageNames.number(name, DIGITS_MIN, ENDING);
            // 0000001.wal is not a name of ours, and would be a second file with the number 1.
            if (number >= 1 && name.equals(fileName(number))) {
                numbers.add(number);
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /** Deletes the logs below a number; a name that comes back after a crash is not referenced and goes later. */
    public static void deleteBefore(Storage storage, long walFrom) throws IOException {
        for (long number : numbers(storage)) {
            if (number < walFrom) {
                storage.delete(name(number));
            }
        }
    }
}
