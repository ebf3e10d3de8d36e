/** A stranger's module that uses CDI. */
module com.example.weldshop {
    requires dev.larder.annotations;
    requires dev.larder.jcache;
    requires jakarta.cdi;

    // Weld makes subclasses here
    opens com.example.weldshop;
}
