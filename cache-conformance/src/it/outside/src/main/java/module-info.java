module com.example.greetings {
    // Brings dev.larder.jcache along: with one automatic module, Java takes all that are on the path.
    requires cache.api;
    // But not this one, which is a real module and which an automatic one cannot ask for.
    requires dev.larder.core;
}
