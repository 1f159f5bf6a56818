(module (func (export "</script><script>alert(1)</script>")))
