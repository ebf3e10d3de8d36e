package dev.larder.benchmarks.subject;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A library that is compared, under the name that commands and reports give it. */
public enum Library {
    LARDER("larder", "Larder", "dev.larder.jcache.provider.LarderCachingProvider", "dev.larder:cache-jcache"),
    CAFFEINE("caffeine", "Caffeine, synchronous", null, "com.github.ben-manes.caffeine:caffeine"),
    CAFFEINE_ASYNC("caffeine-async", "Caffeine, asynchronous", null, "com.github.ben-manes.caffeine:caffeine"),
    MAP("map", "ConcurrentHashMap", null, ""),
    CAFFEINE_JCACHE(
            "caffeine-jcache",
            "caffeine-jcache",
            "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider",
            "com.github.ben-manes.caffeine:jcache"),
    CACHE2K("cache2k", "cache2k-jcache", "org.cache2k.jcache.provider.JCacheProvider", "org.cache2k:cache2k-jcache"),
    EHCACHE(
            "ehcache",
            "Ehcache 3",
            "org.ehcache.jsr107.EhcacheCachingProvider",
            "org.ehcache:ehcache,org.glassfish.jaxb:jaxb-runtime"),
    HAZELCAST(
            "hazelcast",
            "Hazelcast embedded",
            "com.hazelcast.cache.HazelcastMemberCachingProvider",
            "com.hazelcast:hazelcast"),
    INFINISPAN(
            "infinispan",
            "Infinispan embedded",
            "org.infinispan.jcache.embedded.JCachingProvider",
            "org.infinispan:infinispan-jcache"),
    REFERENCE("ri", "JSR-107 RI", "org.jsr107.ri.spi.RICachingProvider", "org.jsr107.ri:cache-ri-impl"),
    /** The commands of Redis: no cache, but what one on a server is compared with. */
    LETTUCE("lettuce", "lettuce, bare commands", null, "io.lettuce:lettuce-core"),
    REDISSON("redisson", "Redisson JCache", "org.redisson.jcache.JCachingProvider", "org.redisson:redisson"),
    /** A layer of Larder and no subject of comparison: shows what the layers above it cost. */
    LARDER_STORE("larder-store", "Larder's heap store alone", null, ""),
    /** Ways to a cached result, beside an annotated method behind a proxy, which is {@link #LARDER}. */
    LARDER_GET("larder-get", "Larder, cache.get", null, "dev.larder:cache-jcache"),
    LARDER_SPRING("larder-spring", "Larder's adapter for Spring", null, "dev.larder:cache-annotations"),
    SPRING("spring", "Spring's own interceptor", null, "org.springframework:spring-context-support");

    private final String id;
    private final String title;
    private final @Nullable String providerClass;
    /** Names of artifacts, with a comma between them. */
    private final String artifacts;

    Library(String id, String title, @Nullable String providerClass, String artifacts) {
        this.id = id;
        this.title = title;
        this.providerClass = providerClass;
        this.artifacts = artifacts;
    }

    /** Returns the library that commands call so. */
    public static Library of(String id) {
        return Arrays.stream(values())
                .filter(library -> library.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no library \"" + id + "\"; there are "
                        + Arrays.stream(values()).map(Library::id).collect(Collectors.joining(", "))));
    }

    /** Returns all that are compared in this JVM, without a server, but for some. */
    public static Set<Library> allBut(Library... excluded) {
        Set<Library> rest = EnumSet.complementOf(EnumSet.of(LARDER_STORE, excluded));
        rest.removeAll(EnumSet.of(LETTUCE, REDISSON));
        rest.removeAll(annotated());
        return Collections.unmodifiableSet(rest);
    }

    /** Returns those that are compared with their entries on a server. */
    public static Set<Library> remote() {
        return Collections.unmodifiableSet(EnumSet.of(LARDER, LETTUCE, REDISSON));
    }

    /** Returns the ways to a cached result that are not compared otherwise. */
    private static Set<Library> annotated() {
        return EnumSet.of(LARDER_GET, LARDER_SPRING, SPRING);
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** Whether it is reached through {@code javax.cache}. */
    public boolean isProvider() {
        return providerClass != null;
    }

    /** Whether it is Caffeine with nothing above it. */
    public boolean isRawCaffeine() {
        return this == CAFFEINE || this == CAFFEINE_ASYNC;
    }

    /** Whether a user might choose it in place of Larder. */
    public boolean isPeer() {
        return isProvider() && this != LARDER;
    }

    /** Returns the name of the {@code CachingProvider}: with several of them on one class path, each is asked for by name. */
    public String providerClass() {
        if (providerClass == null) {
            throw new IllegalStateException(title + " is no provider of javax.cache");
        }
        return providerClass;
    }

    /** Returns {@code groupId:artifactId} of all that a user adds to a project; none for what the JDK has. */
    public List<String> artifacts() {
        List<String> named = artifacts.isEmpty() ? List.of() : List.of(artifacts.split(",", -1));
        return isProvider()
                ? Stream.concat(Stream.of("javax.cache:cache-api"), named.stream())
                        .toList()
                : named;
    }

    /** Returns what to start a JVM with in which it is measured. */
    public List<String> jvmArguments() {
        return switch (this) {
            // what its makers ask for
            case HAZELCAST ->
                List.of(
                        "--add-modules=java.se",
                        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                        "--add-opens=java.management/sun.management=ALL-UNNAMED",
                        "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");
            // or it has much to say when it starts
            case INFINISPAN -> List.of("-Dorg.jboss.logging.provider=slf4j");
            default -> List.of();
        };
    }

    /** Starts it. Nothing of any other library is loaded. */
    public Subject start() {
        return switch (this) {
            case LARDER -> new LarderSubject();
            case LARDER_STORE -> new HeapStoreSubject();
            case CAFFEINE -> new CaffeineSubject(true);
            case CAFFEINE_ASYNC -> new CaffeineSubject(false);
            case MAP -> new MapSubject();
            case CAFFEINE_JCACHE -> new CaffeineJCacheSubject();
            case CACHE2K -> new Cache2kSubject();
            case EHCACHE -> new EhcacheSubject();
            case HAZELCAST -> new HazelcastSubject();
            case INFINISPAN -> new InfinispanSubject();
            case REFERENCE -> new ReferenceSubject();
            case LETTUCE, REDISSON -> throw new UnsupportedOperationException(title + " has nothing without a server");
            case LARDER_GET, LARDER_SPRING, SPRING ->
                throw new UnsupportedOperationException(title + " is a way to a cached result only");
        };
    }

    /** Starts it with its entries on the server of this JVM, which is emptied before. */
    public Subject startRemote() {
        return switch (this) {
            case LARDER -> new LarderRedisSubject(RemoteServer.emptied());
            case LETTUCE -> new LettuceSubject(RemoteServer.emptied());
            case REDISSON -> new RedissonSubject(RemoteServer.emptied());
            default -> throw new UnsupportedOperationException(title + " is not measured with a server");
        };
    }
}
