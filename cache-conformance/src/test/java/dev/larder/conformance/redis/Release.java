package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.LarderCache;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A release of an application whose class {@code shop.Cart} has a shape of its own, which another one running beside it does not know. */
final class Release {

    private static final int KEYS = 20;
    private static final String ALWAYS = "always";

    private final Class<Object> type;
    private final AtomicLong met = new AtomicLong();

    private Release(Class<Object> type) {
        this.type = type;
    }

    /**
     * Compiles its class.
     *
     * @param folder for what the compiler reads and writes
     * @param source has a method {@code of(int)} that returns a cart
     */
    @SuppressWarnings("unchecked") // the class is not known here
    static Release compile(Path folder, String source) throws IOException, ClassNotFoundException {
        Path file = Files.createDirectories(folder).resolve("Cart.java");
        Files.writeString(file, "package shop; import java.util.*; " + source);
        int outcome = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), file.toString());
        assertThat(outcome).isZero();
        URL[] here = {folder.toUri().toURL()};
        ClassLoader loader = new URLClassLoader(here, Release.class.getClassLoader());
        return new Release((Class<Object>) loader.loadClass("shop.Cart"));
    }

    /** Returns its class. */
    Class<Object> type() {
        return type;
    }

    /** Returns one of its carts. */
    Object cart(int number) {
        try {
            return type.getMethod("of", int.class).invoke(null, number);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("not a cart", e);
        }
    }

    /** Returns how many carts it was given by caches. */
    long met() {
        return met.get();
    }

    /** Makes random operations of all kinds. Whatever it gets is nothing, or a cart as it knows them. */
    void use(LarderCache<String, Object> cache, Random random, int operations) {
        for (int i = 0; i < operations; i++) {
            use(cache, "cart " + random.nextInt(KEYS), random.nextInt(16));
        }
    }

    private void use(LarderCache<String, Object> cache, String key, int which) {
        Object one = cart(1);
        Object other = cart(2);
        switch (which) {
            case 0, 1, 2 -> meet(cache.get(key));
            case 3 -> cache.put(key, one);
            case 4 -> meet(cache.getAndPut(key, other));
            case 5 -> cache.putAll(Map.of(key, one, ALWAYS, other));
            case 6 -> cache.putIfAbsent(key, one);
            case 7 -> cache.replace(key, one, other);
            case 8 -> meet(cache.getAndReplace(key, one));
            case 9 -> cache.replace(key, other);
            case 10 -> cache.remove(key, other);
            case 11 -> meet(cache.getAndRemove(key));
            case 12 -> cache.getAll(Set.of(key, ALWAYS)).values().forEach(this::meet);
            case 13 -> cache.forEach(entry -> meet(entry.getValue()));
            case 14 -> List.of(cache.containsKey(key), cache.remove(key));
            default ->
                cache.invoke(key, (entry, none) -> {
                    meet(entry.getValue());
                    entry.setValue(one);
                    return null;
                });
        }
    }

    private void meet(@Nullable Object value) {
        if (value != null) {
            assertThat(value).isInstanceOf(type);
            met.incrementAndGet();
        }
    }
}
