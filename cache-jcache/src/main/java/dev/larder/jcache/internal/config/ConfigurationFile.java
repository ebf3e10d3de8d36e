package dev.larder.jcache.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file, found by the URI of a manager.
 *
 * @param name what messages call it
 * @param url where its content is
 */
record ConfigurationFile(String name, URL url) {

    private static final List<String> DEFAULT_NAMES = List.of("larder.json", "larder.yaml", "larder.yml");
    private static final String CLASSPATH = "classpath";

    /**
     * Finds the file of a manager: the one that the URI names, or {@code larder.json} for the default URI, or none.
     *
     * @throws CacheException if the URI names a file that is not there
     */
    static @Nullable ConfigurationFile find(URI uri, boolean isDefaultUri, ClassLoader classLoader) {
        if (isDefaultUri) {
            return byDefault(classLoader);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case CLASSPATH -> onClassPath(uri, classLoader);
            case "file", "jar" -> new ConfigurationFile(uri.toString(), toUrl(uri));
            default -> null;
        };
    }

    private static @Nullable ConfigurationFile byDefault(ClassLoader classLoader) {
        List<ConfigurationFile> found = new ArrayList<>();
        for (String name : DEFAULT_NAMES) {
            List<URL> urls = resources(name, classLoader);
            if (!urls.isEmpty()) {
                found.add(new ConfigurationFile(CLASSPATH + ":" + name, urls.get(0)));
                warnOfOthers(urls);
            }
        }
        if (found.size() > 1) {
            throw new CacheException(found.get(0).name() + ": there is "
                    + found.get(1).name() + " as well, and nothing says which one counts; leave one of them");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private static ConfigurationFile onClassPath(URI uri, ClassLoader classLoader) {
        String name = uri.getSchemeSpecificPart().replaceFirst("^/+", "");
        List<URL> urls = resources(name, classLoader);
        if (urls.isEmpty()) {
            throw new CacheException(uri + ": there is no such file on the class path of the manager's class loader "
                    + classLoader + "; add it, or hand another class loader to getCacheManager");
        }
        warnOfOthers(urls);
        return new ConfigurationFile(uri.toString(), urls.get(0));
    }

    private static List<URL> resources(String name, ClassLoader classLoader) {
        try {
            return Collections.list(classLoader.getResources(name));
        } catch (IOException e) {
            throw new CacheException(CLASSPATH + ":" + name + ": cannot be looked for: " + e, e);
        }
    }

    private static void warnOfOthers(List<URL> urls) {
        if (urls.size() > 1) {
            logger().log(
                            System.Logger.Level.WARNING,
                            urls.get(0) + " is used; later on the class path, and not used: "
                                    + urls.subList(1, urls.size()));
        }
    }

    /** Asked for when there is something to say, which is rare: it takes long until the first logger is there. */
    private static System.Logger logger() {
        return System.getLogger(FileConfiguration.LOGGER);
    }

    private static URL toUrl(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new CacheException(
                    uri + ": is not the address of a file; write file:/path/larder.json or"
                            + " jar:file:/path/app.jar!/larder.json",
                    e);
        }
    }

    boolean isYaml() {
        String path = url.getPath().toLowerCase(Locale.ROOT);
        return path.endsWith(".yaml") || path.endsWith(".yml");
    }

    /** Opens the content; without a cache, which would keep a jar open after it. */
    InputStream open() throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}
