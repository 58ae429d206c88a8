package org.almagest.storage.fs;

/** The rule for names inside a store: relative, with {@code /}, never climbing out. */
public final class StorageNames {
    private static final int DIGITS_MAX = 18;

    private StorageNames() {}

    /** Returns the name of a file or of a directory other than the root, or refuses it. */
    public static String checkFile(String name) {
        int start = 0;
        while (true) {
            int slash = name.indexOf('/', start);
            int end = slash < 0 ? name.length() : slash;
            checkPart(name, start, end);
            if (slash < 0) {
                return name;
            }
            start = slash + 1;
        }
    }

    /** Returns the name of a directory, which may be the root, or refuses it. */
    public static String checkDirectory(String name) {
        return name.equals(Storage.ROOT) ? name : checkFile(name);
    }

    /** Returns the directory that holds a name. */
    public static String parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? Storage.ROOT : name.substring(0, slash);
    }

    /** Returns the full name of an entry of a directory. */
    public static String child(String directory, String entry) {
        return directory.equals(Storage.ROOT) ? entry : directory + '/' + entry;
    }

    /** Returns a number, not negative, in decimal with at least so many digits. */
    public static String digits(long number, int least) {
        String digits = Long.toString(number);
        return digits.length() >= least ? digits : "0".repeat(least - digits.length()) + digits;
    }

    /**
     * Returns the number in a name that has {@code least} to 18 decimal digits and an ending.
     *
     * @return -1 where the name has another form
     */
    public static long number(String name, int least, String ending) {
        int count = name.length() - ending.length();
        if (count < least || count > DIGITS_MAX || !name.endsWith(ending)) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < count; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static void checkPart(String name, int start, int end) {
        boolean dots = end - start <= 2;
        for (int i = start; i < end; i++) {
            char c = name.charAt(i);
            dots &= c == '.';
            if (c == '\\' || c == ':' || c < ' ') {
                throw refused(name);
            }
        }
        if (dots) {
            throw refused(name);
        }
    }

    private static IllegalArgumentException refused(String name) {
        return new IllegalArgumentException("file name: \"" + name + "\" (expected a relative name without \"..\")");
    }
}
