/** A stranger's module that uses Spring. */
module com.example.springshop {
    requires dev.larder.annotations;
    requires dev.larder.jcache;
    requires spring.beans;
    requires spring.context;
    requires spring.core;

    // Spring makes a subclass, and calls its constructor
    opens com.example.springshop;
}
