/** A stranger's module. */
module com.example.shop {
    // brings cache.api along, the module that javax.cache is by the name of its jar
    requires dev.larder.annotations;
    // a provider, and the extras that need this one
    requires dev.larder.jcache;

    // the interface of a proxy must be one that Larder can call
    exports com.example.shop;
}
