package org.almagest.storage.fs;

/** The rule for names inside a store: relative, with {@code /}, never climbing out. */
public final class StorageNames {
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
