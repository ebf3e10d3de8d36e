/**
 * The JSR-107 provider of Larder.
 *
 * <p>{@code cache.api} is a module by the name of its jar only. It has not changed since 2019, and a module that requires it
 * lets an application write {@code requires dev.larder.jcache} and nothing more.
 */
module dev.larder.jcache {
    requires transitive cache.api;
    requires transitive dev.larder.core;
    requires java.management;
    requires tools.jackson.core;
    requires static org.jspecify;
    requires static tools.jackson.dataformat.yaml;

    exports dev.larder.jcache;
    exports dev.larder.jcache.provider;

    uses dev.larder.store.StoreProvider;

    provides javax.cache.spi.CachingProvider with
            dev.larder.jcache.provider.LarderCachingProvider;
}
