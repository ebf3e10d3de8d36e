module com.example.greetings {
    // Brings cache.api along, the module that javax.cache is by the name of its jar.
    requires dev.larder.jcache;
}
