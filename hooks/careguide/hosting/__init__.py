"""What a host must know: headers, redirects, packed files, a site for a disk, and what browsers keep."""
