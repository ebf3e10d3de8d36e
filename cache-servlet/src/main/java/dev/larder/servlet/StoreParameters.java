package dev.larder.servlet;

import dev.larder.patterns.session.AttributeCodec;
import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.patterns.session.WhenStoreFails;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** What the init parameters of a filter say of its store: the caches of a provider, by the configuration that this has. */
final class StoreParameters {

    static final Set<String> KNOWN = Set.of(
            "absoluteTimeout",
            "allow",
            "cache",
            "cacheManager",
            "cacheProvider",
            "codec",
            "idleTimeout",
            "index",
            "maxSessions",
            "renewIdAfter",
            "whenStoreFails",
            "whenTooMany");

    private static final String CACHE = "larder-sessions";

    private final InitParameters parameters;
    private final ServletContext context;

    StoreParameters(InitParameters parameters, ServletContext context) {
        this.parameters = parameters;
        this.context = context;
    }

    /** Returns the store of the application, if it has one; otherwise opens one. */
    OpenedStore open() {
        SessionStore given = LarderSessions.storeOf(context);
        if (given == null) {
            Consumer<SessionStoreBuilder> settings = settings();
            CacheManager manager = manager();
            SessionStoreBuilder builder = SessionStore.in(manager, parameters.text("cache", CACHE));
            settings.accept(builder);
            SessionStore store = builder.build();
            return new OpenedStore(store, () -> {
                store.close();
                manager.close();
            });
        }
        for (String name : KNOWN) {
            String value = parameters.text(name);
            if (value != null) {
                throw parameters.wrong(name, value, "leave it out, as the application has made its store itself");
            }
        }
        return new OpenedStore(given, () -> {});
    }

    private CacheManager manager() {
        String className = parameters.text("cacheProvider");
        ClassLoader loader = context.getClassLoader();
        CachingProvider provider =
                className == null ? Caching.getCachingProvider(loader) : Caching.getCachingProvider(className, loader);
        String uri = parameters.text("cacheManager");
        return provider.getCacheManager(uri == null ? provider.getDefaultURI() : URI.create(uri), loader);
    }

    /** Reads all of it before anything is opened, because it may be wrong. */
    private Consumer<SessionStoreBuilder> settings() {
        AttributeCodec codec = codec();
        Duration idleTimeout = idleTimeout();
        Duration absoluteTimeout = parameters.duration("absoluteTimeout");
        Duration renewIdAfter = parameters.duration("renewIdAfter");
        WhenStoreFails whenStoreFails = parameters.choice("whenStoreFails", WhenStoreFails.class);
        List<String> indexes = parameters.words("index");
        Consumer<SessionStoreBuilder> limits = LimitParameters.of(parameters, indexes);
        return builder -> {
            builder.codec(codec);
            InitParameters.ifSaid(idleTimeout, builder::idleTimeout);
            InitParameters.ifSaid(absoluteTimeout, builder::absoluteTimeout);
            InitParameters.ifSaid(renewIdAfter, builder::renewIdAfter);
            InitParameters.ifSaid(whenStoreFails, builder::whenStoreFails);
            indexes.forEach(builder::index);
            limits.accept(builder);
        };
    }

    /** That of {@code session-config} in web.xml, unless the filter says another. */
    private @Nullable Duration idleTimeout() {
        Duration said = parameters.duration("idleTimeout");
        int minutes = context.getSessionTimeout();
        return said != null || minutes <= 0 ? said : Duration.ofMinutes(minutes);
    }

    private AttributeCodec codec() {
        Class<?>[] allowed =
                parameters.words("allow").stream().map(this::allowed).toArray(Class<?>[]::new);
        String name = parameters.text("codec", allowed.length == 0 ? "plain" : "jackson");
        return switch (name) {
            case "plain" -> AttributeCodec.plain();
            case "jackson" -> AttributeCodec.jackson(allowed);
            case "java" -> AttributeCodec.javaSerialization(allowed);
            default -> throw parameters.wrong("codec", name, "write one of " + List.of("plain", "jackson", "java"));
        };
    }

    private Class<?> allowed(String className) {
        try {
            return Class.forName(className, false, context.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw parameters.wrong("allow", className, "there is no such class in the application");
        }
    }
}
