/** A stranger's module that uses Guice. */
module com.example.guiceshop {
    requires com.google.guice;
    requires dev.larder.annotations;
    requires dev.larder.jcache;

    // Guice is a module by its jar's name only, and cannot say that it needs these
    requires com.google.common;
    requires jakarta.inject;

    // Guice makes a subclass, and calls its constructor
    opens com.example.guiceshop to
            com.google.guice;
}
