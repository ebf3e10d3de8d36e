package dev.larder.jcache.internal.config;

/**
 * Where something was said.
 *
 * @param file the file's name as a reader knows it
 * @param where {@code line 4}, or {@code environment variable LARDER_STRICT}
 */
record Place(String file, String where) {

    static Place line(String file, int line) {
        return new Place(file, "line " + line);
    }

    static Place variable(String file, String name) {
        return new Place(file, "environment variable " + name);
    }

    @Override
    public String toString() {
        return file + ", " + where;
    }
}
